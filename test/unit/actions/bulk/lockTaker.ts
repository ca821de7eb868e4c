/** A process of its own that takes locks when it is told to, for lock.test.ts: a folder comes in, whether it won goes out. */
import { LockedError, takeLock } from '../../../../src/actions/bulk/lock';

process.on('message', (folder: string) => {
  try {
    takeLock(folder);
    process.send?.('won');
  } catch (error) {
    process.send?.(error instanceof LockedError ? 'lost' : String(error));
  }
});
process.send?.('ready');
