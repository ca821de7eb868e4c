import type * as vscode from 'vscode';

/** A person who was opened: only what is needed to show and find her again. */
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

const KEY = 'recent';
const MOST = 10;

/** Who was opened and what was asked last, newest first; what belongs to a removed tenant is forgotten with it. */
export class Recent implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly memory: vscode.Memento,
    private readonly tenants: { get(id: string): unknown; readonly onDidChange: vscode.Event<void> },
  ) {
    this.subscription = tenants.onDidChange(() => void this.forgetRemoved());
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
    return this.memory.get<Remembered>(KEY, { people: [], queries: [] });
  }

  private async forgetRemoved(): Promise<void> {
    const { people, queries } = this.read();
    const there = (id: string): boolean => this.tenants.get(id) !== undefined;
    const kept: Remembered = {
      people: people.filter(({ tenantId }) => there(tenantId)),
      queries: queries.filter(({ tenantIds }) => tenantIds.some(there)),
    };
    if (kept.people.length < people.length || kept.queries.length < queries.length) {
      await this.memory.update(KEY, kept);
    }
  }
}
