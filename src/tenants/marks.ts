/** Empty files named by tenant ids: what must be known of a tenant when its own file is gone. No vscode. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { isUuid } from '../schema';
import { listNames, makeFolder, removeWhole, writeWhole } from '../storage/files';

export class Marks {
  constructor(private readonly folder: string) {}

  /** The ids that are marked; other names in the folder are passed over. */
  all(): ReadonlySet<string> {
    return new Set(listNames(this.folder).filter(isUuid));
  }

  has(id: string): boolean {
    return this.all().has(id);
  }

  /** @throws the file system's error */
  set(id: string): void {
    makeFolder(this.folder);
    writeWhole(join(this.folder, id), '');
  }

  /** @throws the file system's error */
  drop(id: string): void {
    removeWhole(join(this.folder, id));
  }

  /** How long ago an id was marked, in milliseconds; 0 when that cannot be told. */
  age(id: string, now = Date.now()): number {
    try {
      return now - statSync(join(this.folder, id)).mtimeMs;
    } catch {
      return 0;
    }
  }
}
