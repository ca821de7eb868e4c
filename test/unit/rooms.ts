// The rooms of src, lowest floor first: a room imports only what stands above it here.

export interface Room {
  /** A folder or a file of src. */
  readonly name: string;
  readonly what: string;
  /** Rooms whose values and types it may import, beside itself. */
  readonly imports: readonly string[];
  /** Rooms of which it may import types only. */
  readonly types?: readonly string[];
  /** Who may import vscode: everybody in the room, or these files of it. Absent: nobody. */
  readonly vscode?: true | readonly string[];
}

export const ROOMS: readonly Room[] = [
  { name: 'ids', what: 'what package.json also spells', imports: [] },
  { name: 'later', what: 'what is made when it is first asked for', imports: [] },
  { name: 'schema', what: 'reading what others wrote, by schemas', imports: [] },
  { name: 'api', what: 'the shared API module; one door, `createClient`', imports: ['schema'] },
  { name: 'demo', what: 'the demo tenant, a real HTTP server', imports: [], types: ['api'] },
  { name: 'text', what: 'how states, dates, numbers and errors are worded', imports: ['api'] },
  { name: 'storage', what: 'writing and reading files, and why one cannot be read', imports: ['text'] },
  { name: 'ui', what: 'the only doors to what VS Code shows outside pages', imports: ['text'], vscode: true },
  { name: 'people', what: 'identities named in text and tables', imports: [] },
  {
    name: 'tenants',
    what: 'tenant records, secrets, clients by tenant',
    imports: ['api', 'ids', 'schema', 'storage', 'text', 'ui'],
    vscode: [
      'tenants/clients',
      'tenants/decorations',
      'tenants/secrets',
      'tenants/showStored',
      'tenants/statusBar',
      'tenants/store',
    ],
  },
  {
    name: 'lists',
    what: 'lists of identities: built-in and saved ones; `settings` helps with them',
    imports: ['api', 'ids', 'schema', 'storage', 'text', 'ui'],
    types: ['tenants'],
    vscode: ['lists/store', 'lists/tableColumns', 'lists/settings/help', 'lists/settings/register'],
  },
  {
    name: 'find',
    what: 'typed text -> query; what was found of late',
    imports: ['api', 'lists', 'people', 'schema', 'storage'],
  },
  { name: 'tasks', what: 'tasks in ISC, tracked to their end', imports: ['api', 'schema', 'storage', 'text'] },
  {
    name: 'actions',
    what: 'what can be done to identities; `bulk`: plan, run, record',
    imports: ['api', 'ids', 'lists', 'schema', 'storage', 'tasks', 'text'],
    types: ['tenants'],
    vscode: ['actions/bulk/register'],
  },
  {
    name: 'documents',
    what: 'read-only JSON documents and reports',
    imports: ['api', 'ids', 'schema', 'text'],
    types: ['tenants'],
    vscode: ['documents/documents', 'documents/later', 'documents/reports'],
  },
  { name: 'settings', what: "the user's settings", imports: ['ids', 'schema'], vscode: true },
  { name: 'log', what: 'the output channel', imports: ['text'], types: ['api'], vscode: true },
  {
    name: 'tree',
    what: 'the Tenants view',
    imports: ['api', 'ids', 'lists', 'tenants', 'text', 'ui'],
    vscode: [
      'tree/keepInStep',
      'tree/listItem',
      'tree/provider',
      'tree/rowItems',
      'tree/tooltips',
      'tree/treeItem',
      'tree/treeItems',
    ],
  },
  {
    name: 'tasksView',
    what: 'the Tasks view: tasks and bulk actions',
    imports: ['actions', 'api', 'ids', 'storage', 'tasks', 'text', 'ui'],
    types: ['tenants'],
    vscode: ['tasksView/provider', 'tasksView/register', 'tasksView/treeItems', 'tasksView/view'],
  },
  {
    name: 'panels',
    what: 'a folder a panel: host half, presenter, protocol, `page`; `shared` for all',
    imports: ['actions', 'api', 'ids', 'later', 'lists', 'schema', 'storage', 'tenants', 'text', 'ui'],
    vscode: [
      'panels/batch/panel',
      'panels/table/panel',
      'panels/table/register',
      'panels/compare/panel',
      'panels/identity/panel',
      'panels/later',
      'panels/preview',
      'panels/register',
      'panels/roleAssignment/panel',
      'panels/shared/deps',
      'panels/shared/panel',
      'panels/shared/panelGroup',
      'panels/shared/prefetch',
    ],
  },
  {
    name: 'commands',
    what: 'one table id -> handler, in rooms of the same names; `ui/report` is the only place that shows an error',
    imports: [
      'actions',
      'api',
      'find',
      'ids',
      'lists',
      'people',
      'schema',
      'storage',
      'tasks',
      'tasksView',
      'tenants',
      'text',
      'tree',
      'ui',
    ],
    types: ['documents', 'log', 'panels'],
    vscode: ['commands/index', 'commands/ui/vscodeUi', 'commands/ui/vscodeWorkbench'],
  },
  {
    name: 'parts',
    what: 'makes what is loaded when it is first used, and wires it',
    imports: ['actions', 'commands', 'documents', 'find', 'ids', 'lists', 'tasksView'],
    vscode: true,
  },
  {
    name: 'extension',
    what: 'makes what is there from the start, and wires it; the only place that knows the ExtensionContext',
    imports: [
      'commands',
      'demo',
      'documents',
      'ids',
      'later',
      'lists',
      'log',
      'panels',
      'parts',
      'settings',
      'storage',
      'tasksView',
      'tenants',
      'tree',
      'ui',
    ],
    vscode: true,
  },
];

/** The table of CONTRIBUTING.md, as Prettier formats it. */
export function roomsTable(): string {
  const cells = ROOMS.map(({ name, what, imports, types = [], vscode }) => [
    `\`${name}\``,
    what,
    [...imports.map((room) => `\`${room}\``), ...types.map((room) => `types of \`${room}\``)].join(', ') || 'nothing',
    vscode === true ? 'yes' : vscode ? (vscode.length === 1 ? '1 file' : `${String(vscode.length)} files`) : 'no',
  ]);
  const table = [['room', 'what', 'may import', 'vscode'], ...cells];
  const widths = [0, 1, 2, 3].map((n) => Math.max(...table.map((row) => (row[n] ?? '').length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join(' | ')} |`;
  const [head = [], ...rows] = table;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}
