import * as v from 'valibot';
import { listOfFitting, readAs } from '../../schema';
import { plain, type PlainText } from '../../text/plain';

const MANIFEST = v.object({
  contributes: v.object({ commands: listOfFitting(v.object({ command: v.string(), title: v.string() })) }),
});

/** The titles of the commands in a package.json, without the dots that say that something is asked. */
export function commandTitles(manifest: unknown): ReadonlyMap<string, PlainText> {
  const commands = readAs(MANIFEST, manifest)?.contributes.commands ?? [];
  return new Map(commands.map(({ command, title }) => [command, plain(title.replace(/(\.\.\.|…)$/, ''))]));
}
