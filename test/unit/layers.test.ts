import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, it } from 'mocha';
import ts from 'typescript';
import { ROOMS, roomsTable } from './rooms';

interface Import {
  /** A file of src without its extension, or a package name. */
  readonly target: string;
  readonly typeOnly: boolean;
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((file) => `src/${file.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));

const imports = new Map(files.map((file) => [nameOf(file), importsOf(file)]));

/** Every function with the lines that are its own: what it holds is counted by itself, and a table is no function. */
const functions = files.flatMap(functionsOf);

describe('layers', () => {
  it('finds the sources', () => {
    assert.ok(files.length > 20, String(files.length));
  });

  it('imports only what each room may', () => {
    const wrong: string[] = [];
    for (const [file, targets] of imports) {
      const room = roomOf(file);
      for (const { target, typeOnly } of targets) {
        if (!imports.has(target)) continue;
        const allowed = [room.name, ...room.imports, ...(typeOnly ? (room.types ?? []) : [])];
        if (!allowed.includes(roomOf(target).name)) wrong.push(`${file} imports ${target}${typeOnly ? ' (type)' : ''}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('imports downwards only', () => {
    for (const [floor, { name, imports: rooms, types = [] }] of ROOMS.entries()) {
      for (const other of [...rooms, ...types]) {
        const below = ROOMS.findIndex((room) => room.name === other);
        assert.ok(below >= 0 && below < floor, `${name} imports ${other}, which stands below it in the table`);
      }
    }
  });

  it('reaches vscode only where it may', () => {
    const reaches = new Map<string, boolean>();
    const reach = (file: string): boolean => {
      const known = reaches.get(file);
      if (known !== undefined) return known;
      reaches.set(file, false);
      const found = (imports.get(file) ?? []).some(
        ({ target, typeOnly }) => !typeOnly && (target === 'vscode' || reach(target)),
      );
      reaches.set(file, found);
      return found;
    };
    const wrong = [...imports.keys()].filter((file) => {
      const { vscode } = roomOf(file);
      return vscode !== true && !vscode?.includes(file) && reach(file);
    });
    assert.deepEqual(wrong, []);
    // A list of files that may does not grow by itself, and does not outlive its files.
    const idle = ROOMS.flatMap(({ vscode }) =>
      vscode === undefined || vscode === true
        ? []
        : vscode.filter((file) => !(imports.get(file) ?? []).some(({ target }) => target === 'vscode') && !reach(file)),
    );
    assert.deepEqual(idle, []);
  });

  it('gives a page types of its own panel and of the shared protocol only', () => {
    const wrong: string[] = [];
    for (const [file, targets] of imports) {
      const [, panel] = /^panels\/(\w+)\/page\//.exec(file) ?? [];
      if (panel === undefined) continue;
      for (const { target, typeOnly } of targets) {
        if (!imports.has(target)) continue;
        const page = [`panels/${panel}/page`, 'panels/shared/page'].some((folder) => target.startsWith(`${folder}/`));
        const protocol = typeOnly && /[pP]rotocol(Texts)?$/.test(target);
        if (!page && !protocol) wrong.push(`${file} imports ${target}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('has the table that CONTRIBUTING.md shows', () => {
    const paper = readFileSync('CONTRIBUTING.md', 'utf8');
    assert.ok(paper.includes(roomsTable()), `CONTRIBUTING.md must show this table:\n${roomsTable()}`);
  });

  it('has no import cycle, types included', () => {
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      assert.ok(!path.includes(file), `cycle: ${[...path, file].join(' -> ')}`);
      if (done.has(file)) return;
      for (const { target } of imports.get(file) ?? []) if (imports.has(target)) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of imports.keys()) visit(file, []);
  });

  it('keeps files under 300 lines, functions under 80, and activate() at 70', () => {
    const long = files.filter((file) => readFileSync(file, 'utf8').split('\n').length > 301);
    assert.deepEqual(long, []);

    const most = ({ name }: { readonly name: string }): number => (name.endsWith(' activate') ? 70 : 80);
    const lengthy = functions.filter((each) => each.lines > most(each)).map(({ name, lines }) => `${name}: ${lines}`);
    assert.deepEqual(lengthy, []);
  });

  it('exports no name twice, but for the demo tenant, which is the service, and `api`', () => {
    const places = new Map<string, Set<string>>();
    for (const file of files.filter((each) => !/^src\/(api|demo)\//.test(each))) {
      const names = readFileSync(file, 'utf8').matchAll(
        /^export (?:async )?(?:function|const|class|interface|type) (\w+)/gm,
      );
      for (const [, name = ''] of names) places.set(name, (places.get(name) ?? new Set()).add(file));
    }
    const twice = [...places]
      .filter(([, found]) => found.size > 1)
      .map(([name, found]) => `${name}: ${[...found].join(', ')}`);
    assert.deepEqual(twice, []);
  });

  it('spells command, view and setting ids in ids.ts only', () => {
    for (const file of files) {
      if (file === 'src/ids.ts') continue;
      assert.doesNotMatch(readFileSync(file, 'utf8'), /['"`]iscIdentities\.(?!credentials\.)/, file);
    }
  });

  it('touches the ExtensionContext, the secret storage, error messages, clocks and files to write in one place each', () => {
    const only = (pattern: RegExp, ...allowed: readonly string[]): void => {
      const found = files.filter((file) => pattern.test(readFileSync(file, 'utf8')));
      assert.deepEqual(found, allowed, String(pattern));
    };
    only(/\bExtensionContext\b/, 'src/extension.ts');
    only(/\bvscode\.SecretStorage\b|context\.secrets\.(get|store|delete)/, 'src/tenants/secrets.ts');
    only(/\bshowError\(/, 'src/commands/ui/report.ts');
    only(/\bDateTimeFormat\b|\btoLocale(Date|Time)String\b/, 'src/text/dates.ts');
    only(/\bregisterCommand\(/, 'src/commands/index.ts');
    only(/\b(openSync|write\w*Sync|append\w*Sync|renameSync|linkSync)\(/, 'src/storage/files.ts');
  });
});

/** A file of src by its place, without extension. */
function nameOf(file: string): string {
  return file.replace(/^src\//, '').replace(/\.ts$/, '');
}

function roomOf(file: string): (typeof ROOMS)[number] {
  const room = ROOMS.find(({ name }) => file === name || file.startsWith(`${name}/`));
  assert.ok(room, `no room for ${file}`);
  return room;
}

function functionsOf(file: string): { readonly name: string; readonly lines: number }[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  const found: { name: string; lines: number }[] = [];
  const line = (position: number): number => source.getLineAndCharacterOfPosition(position).line;
  /** Lines of functions inside the node; each of them is counted by itself. */
  const visit = (node: ts.Node): number => {
    let inner = 0;
    ts.forEachChild(node, (child) => void (inner += visit(child)));
    if (!(ts.isFunctionLike(node) && 'body' in node && node.body)) return inner;
    const lines = line(node.getEnd()) - line(node.getStart()) + 1;
    if (!isFlatTable(node.body)) found.push({ name: `${file} ${node.name?.getText() ?? ''}`, lines: lines - inner });
    return lines;
  };
  visit(source);
  return found;
}

/** A function that only hands back one literal is a table. */
function isFlatTable(body: ts.Node): boolean {
  if (!ts.isBlock(body)) return false;
  const [only, ...more] = body.statements;
  return (
    more.length === 0 &&
    only !== undefined &&
    ts.isReturnStatement(only) &&
    only.expression !== undefined &&
    ts.isObjectLiteralExpression(only.expression)
  );
}

function importsOf(file: string): readonly Import[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  const found: Import[] = [];
  const add = (specifier: ts.Expression | undefined, typeOnly: boolean): void => {
    if (!specifier || !ts.isStringLiteral(specifier)) return;
    const relative = specifier.text.startsWith('.');
    const target = relative
      ? nameOf(normalize(join(dirname(file), specifier.text)).replaceAll('\\', '/'))
      : specifier.text;
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
