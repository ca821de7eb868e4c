/** Every command under hostile answers, by a person who presses anything: no fault of ours, and nothing shown that VS Code acts on. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { ALL_HANDLERS, runHandler } from '../../../src/commands/handlers';
import { BUILT_IN_LISTS } from '../../../src/lists/builtIn';
import { plain } from '../../../src/text/plain';
import { parseJson } from '../../../src/api/json';
import type { Identity } from '../../../src/api/identities';
import { RandomUi } from '../commands/randomUi';
import { openStage, type Stage } from '../commands/stage';
import { waitUntil } from '../../waitUntil';
import { hostileFetch, hostileText, randomOf, type Malice } from './answers';

const RUNS = Number(process.env['HOSTILE_RUNS'] ?? 6);
/** A link as VS Code finds it in messages, and an icon in labels; our own icons stand at the beginning. */
const LINK = /\[[^\]]+\]\((?:https?:|command:|file:)/i;
const ICON = /.\$\([a-z-]+(~[a-z]+)?\)/i;

describe('commands under hostile answers', () => {
  let stage: Stage;
  let folder: string;
  let malice: Malice | undefined;
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  before(async () => {
    process.on('unhandledRejection', note);
    folder = mkdtempSync(join(tmpdir(), 'isc-identities-hostile-'));
    stage = await openStage({ identities: 60, fetch: hostileFetch(() => malice) });
    stage.workbench.folderOfTarget = folder;
    // Removing the tenant would end the test of all that follows.
    stage.store.remove = () => Promise.resolve();
    stage.workbench.file = Buffer.from('id,name\n1,Ada\n');
  });
  after(async () => {
    process.off('unhandledRejection', note);
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
    assert.deepEqual(unhandled, []);
  });

  /** A person as a row has them after a hostile answer. */
  function hostilePerson(seed: number): Identity {
    try {
      const read = parseJson(hostileText(JSON.stringify(stage.person(seed % 60)), { seed, share: 0.5 }));
      const { id, name, emailAddress, alias } = (read ?? {}) as Partial<Record<string, unknown>>;
      const text = (value: unknown): string => (typeof value === 'string' ? value : '-');
      return {
        ...stage.person(seed % 60),
        id: text(id),
        name: text(name),
        emailAddress: text(emailAddress),
        alias: text(alias),
      };
    } catch {
      return stage.person(seed % 60);
    }
  }

  for (const [command, handler] of ALL_HANDLERS) {
    it(`${command} shows texts as texts, and has no fault of ours`, async () => {
      for (let seed = 1; seed <= RUNS; seed++) {
        const random = randomOf(seed * 31);
        const ui = new RandomUi(random);
        const rows = [1, 2].map((n) => stage.personRow(hostilePerson(seed * 7 + n), stage.acme.id));
        const list = stage.listRow(BUILT_IN_LISTS[seed % BUILT_IN_LISTS.length] ?? assert.fail());
        const given = [[], [rows[0], rows], [list], [stage.tenantRow()], [stage.target(seed % 60)]][seed % 5] ?? [];
        stage.store.update(stage.acme.id, { readOnly: seed % 6 === 0 });
        stage.workbench.target = `people-${String(seed)}.${['csv', 'json', 'jsonl'][seed % 3] ?? 'csv'}`;
        stage.workbench.clipboard = `Ada\n${stage.person(3).id}\n`;
        malice = { seed: seed * 7_919, share: [0.05, 0.3, 0.9][seed % 3] ?? 0.3, huge: seed % 12 === 0 };
        const deps = { ...stage.deps, ui };
        await runHandler(deps, handler, given);
        await waitUntil(() => ui.open === 0, `${command}: what is open is closed`);
        malice = undefined;
        for (const text of ui.shown) {
          const where = `${command}, seed ${String(seed)}: ${JSON.stringify(text.slice(0, 200))}`;
          assert.doesNotMatch(text, LINK, where);
          assert.doesNotMatch(text, ICON, where);
          // Paragraphs of a question are ours.
          for (const line of text.split('\n\n'))
            assert.equal(plain(line, 100_000), line.replace(/^(\$)(?=\()/, '$ '), where);
        }
        const faults = ui.errors.filter((text) => text.startsWith('Error in ISC Identities'));
        assert.deepEqual(faults, [], `${command}, seed ${String(seed)}: ${stage.logged.slice(-3).join('\n')}`);
      }
    }).timeout(120_000);
  }
});
