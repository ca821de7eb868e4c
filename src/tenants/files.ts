/** The files of the tenants: one each, and marks of those that were removed or are being added. No vscode. */
import { dirname, join } from 'node:path';
import type { ApiLog } from '../api/client';
import {
  isAbsent,
  listNames,
  listNamesIfKnown,
  makeFolder,
  readJson,
  removeParts,
  removeWhole,
  writeWhole,
} from '../storage/files';
import { isUuid } from '../schema';
import { problemOf, Unreadable } from '../storage/problem';
import { Marks } from './marks';
import { formatTenant, parseTenant } from './record';
import type { StoredTenant } from './tenant';
import { t } from '../text/l10n';

/** A file that cannot be read now. It is left alone, and so is all that is kept of its tenant. */
export interface UnreadableTenant {
  readonly file: string;
  /** Absent for a file that was not named by this extension. */
  readonly id?: string;
  /** A clause: "it is not JSON". Quotes nothing of the file. */
  readonly problem: string;
}

export interface TenantsOnDisk {
  readonly tenants: Map<string, StoredTenant>;
  readonly unreadable: readonly UnreadableTenant[];
  /** Ids of tenants that were removed, in this window or another. */
  readonly removed: ReadonlySet<string>;
}

const SUFFIX = '.json';
/** How long it stays known that a tenant was removed: every window that knew it has heard of it by then. */
const REMOVED_KNOWN_MS = 90 * 24 * 60 * 60 * 1000;
/** Adding is done at once, after the keyring was opened; what took longer was broken off. */
const ADDING_MS = 10 * 60 * 1000;

/**
 * A removed tenant is marked before its file goes, in a folder beside: whoever changes a tenant looks there before and after
 * it writes, so that a tenant removed in one window does not come back by a rename in another.
 */
export class TenantFiles {
  private readonly removedMarks: Marks;
  private readonly addingMarks: Marks;

  constructor(
    readonly folder: string,
    private readonly log: Pick<ApiLog, 'warn'>,
  ) {
    this.removedMarks = new Marks(join(dirname(folder), 'removed'));
    this.addingMarks = new Marks(join(dirname(folder), 'adding'));
  }

  /** @returns why nothing can be stored, as a clause; undefined when all is well */
  open(): string | undefined {
    try {
      makeFolder(this.folder);
      return undefined;
    } catch (error) {
      return problemOf(error);
    }
  }

  private lastRead: Pick<TenantsOnDisk, 'tenants' | 'unreadable'> = { tenants: new Map(), unreadable: [] };

  /** What the files say now; never throws. */
  read(): TenantsOnDisk {
    const removed = this.removedMarks.all();
    const tenants = new Map<string, StoredTenant>();
    const unreadable: UnreadableTenant[] = [];
    const names = listNamesIfKnown(this.folder);
    // Too many open files, a share that is away: what was known is not gone.
    if (!names) return { ...this.lastRead, removed };
    for (const file of names) {
      const id = file.slice(0, -SUFFIX.length);
      if (!file.endsWith(SUFFIX) || removed.has(id)) continue;
      try {
        const tenant = parseTenant(readJson(join(this.folder, file)));
        if (tenant.id !== id) throw new Unreadable(t('its name does not match its tenant'));
        tenants.set(id, tenant);
      } catch (error) {
        // Removed by another window between the listing and the reading.
        if (isAbsent(join(this.folder, file))) continue;
        unreadable.push({ file, ...(isUuid(id) ? { id } : {}), problem: problemOf(error) });
      }
    }
    this.lastRead = { tenants, unreadable };
    return { tenants, unreadable, removed };
  }

  /**
   * Puts a tenant in its file.
   *
   * @returns false when it was removed meanwhile: then nothing of it is left behind
   * @throws the file system's error
   */
  write(tenant: StoredTenant): boolean {
    if (this.removedMarks.has(tenant.id)) return false;
    makeFolder(this.folder);
    const file = this.fileOf(tenant.id);
    writeWhole(file, formatTenant(tenant));
    if (!this.removedMarks.has(tenant.id)) return true;
    removeWhole(file);
    return false;
  }

  /** Marks a tenant as removed, then removes its file. @throws the file system's error: then it is still there */
  remove(id: string): void {
    this.removedMarks.set(id);
    try {
      removeWhole(this.fileOf(id));
    } catch (error) {
      // The mark alone takes it out of the list; `tidy` tries again.
      this.log.warn(`The file of a removed tenant is still there: ${problemOf(error)}`);
    }
  }

  /** Removes a file that is no tenant's. @param name as `read` told it @throws the file system's error */
  removeOdd(name: string): void {
    if (listNames(this.folder).includes(name)) removeWhole(join(this.folder, name));
  }

  /** Notes that a secret is about to be stored for a tenant that has no file yet. @throws the file system's error */
  beginAdding(id: string): void {
    this.addingMarks.set(id);
  }

  endAdding(id: string): void {
    try {
      this.addingMarks.drop(id);
    } catch (error) {
      this.log.warn(`A mark of an added tenant is still there: ${problemOf(error)}`);
    }
  }

  /**
   * Ends what another window, or a crash, left half done. @param dropSecret resolves to true when there was a secret
   * @returns how many tenants something was left of; never rejects
   */
  async tidy(dropSecret: (id: string) => Promise<boolean>, now = Date.now()): Promise<number> {
    removeParts(this.folder, now);
    const { tenants, unreadable, removed } = this.read();
    const present = new Set([...tenants.keys(), ...unreadable.map(({ id }) => id)]);
    let left = 0;
    const cleanUp = async (id: string, clean: () => void): Promise<void> => {
      try {
        if (await dropSecret(id)) left++;
        clean();
      } catch (error) {
        this.log.warn(`What is left of tenant ${id} cannot be removed now: ${problemOf(error)}`);
      }
    };
    for (const id of removed) {
      await cleanUp(id, () => {
        removeWhole(this.fileOf(id));
        if (this.removedMarks.age(id, now) > REMOVED_KNOWN_MS) this.removedMarks.drop(id);
      });
    }
    for (const id of this.addingMarks.all()) {
      if (this.addingMarks.age(id, now) < ADDING_MS) continue;
      if (present.has(id)) this.endAdding(id);
      // Only of what is surely not there the secret is nobody's.
      else if (isAbsent(this.fileOf(id)))
        await cleanUp(id, () => {
          this.endAdding(id);
        });
    }
    return left;
  }

  private fileOf(id: string): string {
    return join(this.folder, `${id}${SUFFIX}`);
  }
}
