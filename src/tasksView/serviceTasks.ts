import type { Client, Page } from '../api/client';
import type { TaskStatus } from '../api/tasks';
import type { ServiceRow, StartedRow, TaskRow } from './rows';
import { startedTask, withStatus } from '../tasks/task';
import { t } from '../text/l10n';

/** Tasks in a page. */
const PAGE = 25;

/** What is loaded of a tenant's own list. */
interface Loaded {
  readonly rows: readonly StartedRow[];
  /** Where the next page begins; undefined at the end. */
  readonly next: number | undefined;
  readonly error?: unknown;
}

/** The tasks that the tenants themselves list; asked for when such a list is opened, and kept until it is refreshed. */
export class ServiceTasks {
  private readonly lists = new Map<string, Promise<Loaded>>();
  private visible = false;

  constructor(
    private readonly client: (tenantId: string) => Promise<Client>,
    private readonly changed: () => void,
  ) {}

  /** Whether the view has a row for each tenant. */
  get shown(): boolean {
    return this.visible;
  }

  toggle(): void {
    this.visible = !this.visible;
    this.refresh();
  }

  /** Forgets what was loaded; an open list asks again. */
  refresh(tenantId?: string): void {
    if (tenantId === undefined) this.lists.clear();
    else this.lists.delete(tenantId);
    this.changed();
  }

  /** Asks for the next page, or again for the one that failed. */
  more({ tenant }: ServiceRow): void {
    const before = this.lists.get(tenant.id);
    this.lists.set(
      tenant.id,
      (before ?? Promise.resolve(undefined)).then((known) => this.page(tenant.id, known)),
    );
    this.changed();
  }

  async rows(row: ServiceRow): Promise<TaskRow[]> {
    const { tenant, id } = row;
    const list = this.lists.get(tenant.id) ?? this.page(tenant.id, undefined);
    this.lists.set(tenant.id, list);
    const { rows, next, error } = await list;
    const note = (text: string): TaskRow => ({ kind: 'serviceNote', id: `${id}/note`, parent: row, text });
    // Running tasks are listed by the newer versions only (contract 2.8).
    const finished = tenant.version === 'v1' ? [] : [note(t('In {0}, ISC lists only finished tasks', tenant.version))];
    if (error !== undefined) {
      return [...finished, ...rows, { kind: 'serviceFailed', id: `${id}/failed`, parent: row, error }];
    }
    if (rows.length === 0) return [note(t('ISC lists no tasks from the last 90 days'))];
    return [
      ...finished,
      ...rows,
      ...(next === undefined
        ? []
        : [{ kind: 'serviceMore', id: `${id}/more`, parent: row, shown: rows.length } as const]),
    ];
  }

  /** The list with one more page. Never rejects: a failure is a row. */
  private async page(tenantId: string, known: Loaded | undefined): Promise<Loaded> {
    const offset = known?.next ?? 0;
    const before = known?.rows ?? [];
    try {
      const client = await this.client(tenantId);
      const page = await client.tasks.list({ sorters: '-created', limit: PAGE, offset });
      return { rows: joined(before, rowsOf(tenantId, page)), next: page.hasMore ? offset + PAGE : undefined };
    } catch (error) {
      return { rows: before, next: offset, error };
    }
  }
}

function rowsOf(tenantId: string, { items }: Page<TaskStatus>): StartedRow[] {
  return items.map((status) => {
    const at = Date.parse(status.created ?? '');
    const started = startedTask(tenantId, 'process', status.id, [], { now: Number.isNaN(at) ? 0 : at });
    // Not started from here, so it is called what the service calls it.
    const title = status.description || status.uniqueName || status.id;
    return { kind: 'task', id: `service/${tenantId}/${status.id}`, task: withStatus(started, status), title };
  });
}

/** New tasks push older ones onto the next page: each is shown once. */
function joined(before: readonly StartedRow[], more: readonly StartedRow[]): StartedRow[] {
  return [...new Map([...before, ...more].map((row) => [row.id, row])).values()];
}
