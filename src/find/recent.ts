import { isRecord, isString } from '../storage/shape';

/** A person who was opened: only what is needed to show and find them again. */
export interface RecentPerson {
  readonly tenantId: string;
  readonly id: string;
  readonly name: string;
}

interface RecentQuery {
  readonly text: string;
  readonly tenantIds: readonly string[];
}

interface Remembered {
  readonly people: readonly RecentPerson[];
  readonly queries: readonly RecentQuery[];
}

/** What is kept between windows; VS Code's Memento fits. */
interface KeptValues {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const KEY = 'recent';
const MOST = 10;

/** Who was opened and what was asked last, newest first; what belongs to a removed tenant is forgotten with it. */
export class Recent {
  private readonly subscription: { dispose(): void };

  constructor(
    private readonly memory: KeptValues,
    tenants: {
      readonly removed: ReadonlySet<string>;
      onDidRemove(listener: (tenantId: string) => void): { dispose(): void };
    },
  ) {
    if (tenants.removed.size > 0) void this.forget(tenants.removed);
    this.subscription = tenants.onDidRemove((tenantId) => void this.forget(new Set([tenantId])));
  }

  people(tenantIds: readonly string[]): readonly RecentPerson[] {
    return this.read().people.filter(({ tenantId }) => tenantIds.includes(tenantId));
  }

  queries(tenantIds: readonly string[]): readonly string[] {
    return this.read()
      .queries.filter((query) => query.tenantIds.some((id) => tenantIds.includes(id)))
      .map(({ text }) => text);
  }

  async remember({ tenantId, id, name }: RecentPerson, text: string, tenantIds: readonly string[]): Promise<void> {
    const { people, queries } = this.read();
    await this.memory.update(KEY, {
      people: [{ tenantId, id, name }, ...people.filter((p) => p.id !== id || p.tenantId !== tenantId)].slice(0, MOST),
      queries: text === '' ? queries : [{ text, tenantIds }, ...queries.filter((q) => q.text !== text)].slice(0, MOST),
    } satisfies Remembered);
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private read(): Remembered {
    return parseRemembered(this.memory.get(KEY));
  }

  private async forget(tenants: ReadonlySet<string>): Promise<void> {
    const { people, queries } = this.read();
    const kept: Remembered = {
      people: people.filter(({ tenantId }) => !tenants.has(tenantId)),
      queries: queries.filter(({ tenantIds }) => !tenantIds.every((id) => tenants.has(id))),
    };
    if (kept.people.length < people.length || kept.queries.length < queries.length) {
      await this.memory.update(KEY, kept);
    }
  }
}

/** Whatever is stored: entries that are none are passed over. */
function parseRemembered(stored: unknown): Remembered {
  const { people, queries } = isRecord(stored) ? stored : {};
  return { people: list(people).flatMap(parsePerson), queries: list(queries).flatMap(parseQuery) };
}

function parsePerson(stored: unknown): readonly RecentPerson[] {
  if (!isRecord(stored)) return [];
  const { tenantId, id, name } = stored;
  return isString(tenantId) && isString(id) && isString(name) ? [{ tenantId, id, name }] : [];
}

function parseQuery(stored: unknown): readonly RecentQuery[] {
  if (!isRecord(stored) || !isString(stored['text'])) return [];
  return [{ text: stored['text'], tenantIds: list(stored['tenantIds']).filter(isString) }];
}

function list(stored: unknown): readonly unknown[] {
  return Array.isArray(stored) ? (stored as readonly unknown[]) : [];
}
