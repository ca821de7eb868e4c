import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, it } from 'mocha';
import ts from 'typescript';

interface Import {
  /** A file of src without its extension, or a package name. */
  readonly target: string;
  readonly typeOnly: boolean;
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((file) => `src/${file.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));

const imports = new Map(files.map((file) => [file.replace(/\.ts$/, ''), importsOf(file)]));

/**
 * Folder (or file) -> what it may import by value from src. `types` may be imported as types only. What is not listed
 * is forbidden; the longest match rules a file.
 */
const RULES: readonly { room: string; values: readonly string[]; types?: readonly string[]; vscode?: true }[] = [
  { room: 'src/ids', values: [] },
  { room: 'src/text/plain', values: [] },
  { room: 'src/text/dateValues', values: [] },
  // The only doors to what VS Code shows outside pages, and what every folder that keeps files shares.
  { room: 'src/ui', values: ['src/ui', 'src/text'], vscode: true },
  { room: 'src/storage', values: ['src/storage'] },
  { room: 'src/api', values: ['src/api'] },
  { room: 'src/demo', values: ['src/demo'], types: ['src/api'] },
  {
    room: 'src/text',
    values: [
      'src/text',
      'src/api/errors',
      'src/api/operations',
      'src/api/uncertainty',
      'src/api/filterParser',
      'src/actions/bulk/batch',
    ],
    types: ['src/api', 'src/tenants'],
    vscode: true,
  },
  { room: 'src/tenants', values: ['src/tenants', 'src/api'], vscode: true },
  { room: 'src/people', values: ['src/people'] },
  { room: 'src/find', values: ['src/find', 'src/api', 'src/people'] },
  { room: 'src/lists', values: ['src/lists', 'src/api'], types: ['src/tenants'] },
  { room: 'src/lists/store', values: ['src/lists', 'src/ids'], types: ['src/tenants'], vscode: true },
  { room: 'src/lists/settings', values: ['src/lists', 'src/api', 'src/ids'] },
  { room: 'src/lists/settings/register', values: ['src/lists', 'src/text'], vscode: true },
  { room: 'src/tree/nodes', values: [], types: ['src/api', 'src/tenants', 'src/lists'] },
  {
    room: 'src/lists/pages',
    values: ['src/api/search', 'src/api/sorters', 'src/api/errors'],
    types: ['src/api', 'src/lists'],
  },
  {
    room: 'src/tree/loadedList',
    values: ['src/tree/nodes', 'src/lists/pages', 'src/api/errors'],
    types: ['src/api', 'src/lists'],
  },
  {
    room: 'src/tree',
    values: ['src/tree', 'src/lists', 'src/text', 'src/ids', 'src/api'],
    types: ['src/tenants'],
    vscode: true,
  },
  {
    room: 'src/tasks',
    values: ['src/tasks', 'src/text', 'src/ids', 'src/api'],
    types: ['src/tenants', 'src/actions/bulk'],
    vscode: true,
  },
  { room: 'src/tasks/task', values: [], types: ['src/api', 'src/tasks'] },
  { room: 'src/tasks/identityDiff', values: ['src/api/json'], types: ['src/api'] },
  { room: 'src/tasksView/rows', values: ['src/tasks/task'], types: ['src/tasks', 'src/tenants', 'src/actions/bulk'] },
  { room: 'src/tasks/stored', values: [], types: ['src/tasks'] },
  { room: 'src/tasks/taskFiles', values: ['src/tasks/stored'], types: ['src/api', 'src/tasks'] },
  { room: 'src/tasks/tracker', values: ['src/tasks/task', 'src/api'], types: ['src/tasks'] },
  { room: 'src/actions/bulk', values: ['src/actions/bulk', 'src/api'], types: ['src/tasks/task', 'src/lists'] },
  { room: 'src/panels/shared/protocol', values: ['src/panels/shared/protocol'], types: ['src/api'] },
  { room: 'src/panels/shared/html', values: [], types: ['src/api'] },
  {
    room: 'src/panels',
    values: ['src/panels', 'src/text', 'src/ids', 'src/api', 'src/actions/bulk/batch', 'src/actions/bulk/runs'],
    types: ['src/tenants', 'src/actions/bulk'],
    vscode: true,
  },
  { room: 'src/documents/address', values: ['src/api'] },
  {
    room: 'src/documents',
    values: ['src/documents', 'src/text', 'src/ids', 'src/api'],
    types: ['src/tenants'],
    vscode: true,
  },
  { room: 'src/webview', values: ['src/webview'], types: ['src/panels/shared/protocol', 'src/api'] },
  {
    room: 'src/commands',
    values: [
      'src/commands',
      'src/text',
      'src/ids',
      'src/api',
      'src/tenants',
      'src/lists',
      'src/tasks',
      'src/find',
      'src/people',
      'src/actions/bulk',
      'src/tree/nodes',
      'src/tree/listItem',
      'src/lists/pages',
    ],
    types: ['src/tree', 'src/panels', 'src/documents'],
    vscode: true,
  },
];

describe('layers', () => {
  it('finds the sources', () => {
    assert.ok(files.length > 20, String(files.length));
  });

  it('imports only what each layer may', () => {
    const wrong: string[] = [];
    for (const [file, targets] of imports) {
      if (file === 'src/extension') continue;
      const rule = RULES.filter(({ room }) => within(file, room)).sort((a, b) => b.room.length - a.room.length)[0];
      assert.ok(rule, `no rule for ${file}`);
      const { values, types = [], vscode = false } = rule;
      for (const { target, typeOnly } of targets) {
        const rooms = typeOnly ? [...values, ...types] : values;
        const everywhere =
          target === 'src/text/plain' ||
          target === 'src/text/dateValues' ||
          target === 'src/storage' ||
          target.startsWith('src/storage/') ||
          (vscode && (target === 'src/text/l10n' || target.startsWith('src/ui/')));
        const allowed = target.startsWith('src/')
          ? everywhere || rooms.some((room) => within(target, room))
          : target !== 'vscode' || vscode;
        if (!allowed) wrong.push(`${file} imports ${target}${typeOnly ? ' (type)' : ''}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('has no import cycle', () => {
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      assert.ok(!path.includes(file), `cycle: ${[...path, file].join(' -> ')}`);
      if (done.has(file)) return;
      for (const { target, typeOnly } of imports.get(file) ?? []) {
        if (!typeOnly && target.startsWith('src/')) visit(target, [...path, file]);
      }
      done.add(file);
    };
    for (const file of imports.keys()) visit(file, []);
  });

  it('spells command, view and setting ids in ids.ts only', () => {
    for (const file of files) {
      if (file === 'src/ids.ts') continue;
      assert.doesNotMatch(readFileSync(file, 'utf8'), /['"`]iscIdentities\.(?!credentials\.)/, file);
    }
  });

  it('touches the ExtensionContext, the secret storage and error messages in one place each', () => {
    const only = (pattern: RegExp, ...allowed: readonly string[]): void => {
      const found = files.filter((file) => pattern.test(readFileSync(file, 'utf8')));
      assert.deepEqual(found, allowed, String(pattern));
    };
    only(/\bExtensionContext\b/, 'src/extension.ts');
    only(/\bvscode\.SecretStorage\b|context\.secrets\.(get|store|delete)/, 'src/tenants/secrets.ts');
    only(/\bshowError\(/, 'src/commands/ui/report.ts');
    only(/\bregisterCommand\(/, 'src/commands/index.ts');
  });
});

function within(file: string, room: string): boolean {
  return file === room || file.startsWith(`${room}/`);
}

function importsOf(file: string): readonly Import[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  const found: Import[] = [];
  const add = (specifier: ts.Expression | undefined, typeOnly: boolean): void => {
    if (!specifier || !ts.isStringLiteral(specifier)) return;
    const relative = specifier.text.startsWith('.');
    const target = relative ? normalize(join(dirname(file), specifier.text)).replaceAll('\\', '/') : specifier.text;
    found.push({ target, typeOnly });
  };
  const walk = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnly(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    ts.forEachChild(node, walk);
  };
  walk(source);
  return found;
}

/** `import type …`, or an import whose every name is marked `type`. */
function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = clause;
  return (
    !name &&
    namedBindings !== undefined &&
    ts.isNamedImports(namedBindings) &&
    namedBindings.elements.length > 0 &&
    namedBindings.elements.every(({ isTypeOnly: marked }) => marked)
  );
}
