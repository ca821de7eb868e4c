import { createHmac, randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { jsonText } from '../../api/json';
import type { Memory } from '../../storage/memory';
import { JSON_OBJECT, readAs, tolerantObject, type Output } from '../../schema';

/** What is kept of a person's attributes. */
const SEEN = tolerantObject(
  {},
  {
    salt: v.string(),
    /** When they were last opened (milliseconds since 1970). */
    at: v.number(),
    /** By the attribute's name. */
    hashes: JSON_OBJECT,
  },
);

const PREFIX = 'lastSeen/';
/** People remembered; who was opened longest ago is forgotten first. */
const MOST = 200;

/**
 * Which attributes of a person changed since their panel was last opened here. Kept are names and salted hashes, never
 * values: a hash tells that something differs, not what it was.
 */
export class AttributeChanges {
  constructor(private readonly memory: Memory) {}

  /** Forgets the people of tenants that are removed, and of those that were. */
  follow(tenants: {
    readonly removed: ReadonlySet<string>;
    onDidRemove(listener: (tenantId: string) => void): { dispose(): void };
  }): { dispose(): void } {
    for (const tenantId of tenants.removed) this.forget(tenantId);
    return tenants.onDidRemove((tenantId) => this.forget(tenantId));
  }

  /** The attributes that are new or differ; none for a person who was never opened. What is shown now is remembered. */
  compareAndRemember(
    tenantId: string,
    identityId: string,
    attributes: Readonly<Record<string, unknown>> | null | undefined,
  ): ReadonlySet<string> {
    const key = `${PREFIX}${tenantId}/${identityId}`;
    const { salt = randomBytes(16).toString('hex'), hashes: before } = this.seen(key);
    const hashes = Object.fromEntries(
      Object.entries(attributes ?? {}).map(([name, value]) => [
        name,
        createHmac('sha256', salt).update(jsonText(value)).digest('base64').slice(0, 16),
      ]),
    );
    void this.memory.update(key, { salt, at: Date.now(), hashes });
    this.forgetOldest();
    return new Set(before ? Object.keys(hashes).filter((name) => hashes[name] !== before[name]) : []);
  }

  /** Forgets the people of a tenant that was removed. */
  forget(tenantId: string): void {
    for (const key of this.keys()) if (key.startsWith(`${PREFIX}${tenantId}/`)) void this.memory.update(key, undefined);
  }

  private forgetOldest(): void {
    const keys = this.keys();
    if (keys.length <= MOST) return;
    const seenAt = (key: string): number => this.seen(key).at ?? 0;
    const oldest = [...keys].sort((a, b) => seenAt(a) - seenAt(b)).slice(0, keys.length - MOST);
    for (const key of oldest) void this.memory.update(key, undefined);
  }

  private seen(key: string): Output<typeof SEEN> {
    return readAs(SEEN, this.memory.get(key)) ?? {};
  }

  private keys(): readonly string[] {
    return this.memory.keys().filter((key) => key.startsWith(PREFIX));
  }
}
