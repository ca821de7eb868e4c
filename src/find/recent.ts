import * as v from 'valibot';
import { fittingEntries, readAs, tolerantObject, type Output } from '../schema';

const RECENT_PERSON = v.object({ tenantId: v.string(), id: v.string(), name: v.string() });
/** A person who was opened: only what is needed to show and find them again. */
export type RecentPerson = Output<typeof RECENT_PERSON>;

/** Whatever is stored: entries that are none are passed over. */
const REMEMBERED = tolerantObject({
  people: fittingEntries(RECENT_PERSON),
  queries: fittingEntries(tolerantObject({ text: v.string(), tenantIds: fittingEntries(v.string()) })),
});
type Remembered = Output<typeof REMEMBERED>;

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
    return readAs(REMEMBERED, this.memory.get(KEY)) ?? { people: [], queries: [] };
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
