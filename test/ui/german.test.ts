import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { FrameLocator, Locator } from 'playwright-core';
import { root } from '../../scripts/processes.mjs';
import { launch, type Session } from './driver';
import { showTab } from './panelPage';
import { overflowing, shownTexts } from './shownTexts';

/** "22. Juli 2025": what the demo tenant has is so many days old, whenever it is looked at. */
const GERMAN_DATE = /^\d{1,2}\. \p{L}+\.? 20\d\d$/u;

/** The German that is shipped, where it is read most: its words, that no English is left, and that all of it has room. */
describe('German', () => {
  const person = 'Ada Winterbourne';
  const other = 'Aada Koskivaara';
  const english = englishTexts();
  let vs: Session;

  before(async () => {
    vs = await launch({ language: 'de' });
  });
  after(() => vs?.dispose());

  const row = (label: string): Locator => vs.row(label, 'Mandanten');
  /** A part of the window says all of this, and nothing that has a German text in English. */
  const reads = async (name: string, parts: Locator, ...expected: (string | RegExp)[]): Promise<void> => {
    await parts.first().waitFor();
    await vs.screenshot(`german-${name}-dark`);
    const texts = await shownTexts(parts);
    const isThere = (wanted: string | RegExp): boolean =>
      texts.some((text) => (typeof wanted === 'string' ? text === wanted : wanted.test(text)));
    const missing = expected.filter((wanted) => !isThere(wanted));
    assert.deepEqual(missing, [], `${name} says: ${texts.join(' | ')}`);
    assert.deepEqual(
      texts.filter((text) => english.has(text)),
      [],
      name,
    );
  };
  /** So does a panel, and none of its texts is wider than its place. */
  const pageReads = async (name: string, page: FrameLocator, ...expected: (string | RegExp)[]): Promise<void> => {
    await reads(name, page.locator('body'), ...expected);
    assert.deepEqual(await overflowing(page.locator('body')), [], name);
  };

  it('is that of the welcome', async () => {
    await vs.palette('View: Show ISC Identities');
    await vs.view('Mandanten').getByRole('button', { name: 'Demomandanten ausprobieren' }).waitFor();
    await reads(
      'welcome',
      vs.page.locator('.sidebar .pane'),
      'Mandanten',
      'Mandanten hinzufügen',
      'Für den eigenen Mandanten ist ein persönliches Zugriffstoken (PAT) erforderlich. Neue Mandanten sind schreibgeschützt.',
      'Aufgaben',
    );
  });

  it('is that of the tree, with numbers as German has them', async () => {
    await vs.view('Mandanten').getByRole('button', { name: 'Demomandanten ausprobieren' }).click();
    await row('Alle Identitäten').and(vs.page.locator('[aria-expanded="true"]')).waitFor();
    await vs.expand(row('Alle Identitäten'));
    await vs.collapse(row('Alle Identitäten'));
    await row('Geschützt').locator('.label-description').filter({ hasText: /^\d/ }).waitFor();
    const lists = (await vs.rows('Mandanten')).map(({ spoken }) =>
      spoken.replace(/, (Identitäten: [\d.]+|1 Identität)$/, ''),
    );
    assert.deepEqual(lists, [
      'Demomandant, Demo',
      'Alle Identitäten',
      'Verarbeitungsfehler',
      'Nicht korreliert',
      'Nicht registriert',
      'Gesperrt',
      'Geschützt',
    ]);
    await vs.expand(row('Alle Identitäten'));
    await row('Alle Identitäten').filter({ hasText: '2.000' }).waitFor();
    assert.equal((await vs.rows('Mandanten'))[1]?.spoken, 'Alle Identitäten, Identitäten: 2.000');
    await vs.expand(row(person));
    await reads(
      'tree',
      vs.page.locator('.sidebar .pane'),
      'Aada Koskivaara, nicht registriert, active, aada.koskivaara@example.com',
      'gesperrt · aaron.achterberg@example.com',
      'Beginn: in 14 Tagen',
    );
    const more = await vs.scrollTo('Weitere laden', 'Mandanten');
    assert.match(await more.innerText(), /250 von 2\.000/);
    await vs.page.keyboard.press('Home');
    await row('Demomandant').waitFor();
  });

  it('is that of the menus', async () => {
    assert.deepEqual(await vs.contextMenuItems(row(person)), [
      'Öffnen',
      'Besitz anzeigen',
      'Öffnen als',
      'In ISC öffnen',
      'Attribute synchronisieren',
      'Verarbeiten...',
      'Einladen...',
      'E-Mail zum Zurücksetzen des Kennworts senden...',
      'Für Vergleich auswählen',
      'Kopieren',
      'Aktualisieren',
      'Zurücksetzen...',
      'Löschen...',
    ]);
    const expected = {
      [person]: 'Löschen...',
      'Alle Identitäten': 'Massenaktion für diese Liste planen...',
      Demomandant: 'Schreibschutz des Mandanten aktivieren',
    };
    for (const [n, [label, item]] of Object.entries(expected).entries()) {
      await row(label).click({ button: 'right' });
      await reads(`menu-${String(n)}`, vs.page.locator('.monaco-menu'), item);
      await vs.page.keyboard.press('Escape');
    }
  });

  it('is that of the status bar and of a notification', async () => {
    const title = 'Attribute synchronisieren';
    await vs.contextMenu(row(person), title);
    await vs.statusBar(`Attributsynchronisierung angenommen: ${person} in Demomandant (Auftrag `);
    await vs.contextMenu(row(person), title);
    const toast = await vs.notification(
      new RegExp(
        `Fehler beim Synchronisieren der Attribute von ${person} in Demomandant: ` +
          'ISC synchronisiert eine Identität höchstens einmal alle 10 Sekunden\\. In \\d+ s erneut versuchen\\.',
      ),
    );
    await reads('notification', toast, 'Protokoll anzeigen');
    await vs.dismiss(toast);
  });

  it('is that of dialogs', async () => {
    const dialog = vs.page.locator('.monaco-dialog-box');
    await vs.contextMenu(row('Demomandant'), 'Mandanten entfernen...');
    await reads(
      'dialog-remove',
      dialog,
      'Demomandant aus VS Code entfernen?',
      'Der Mandant wird aus der Baumstruktur entfernt, und seine Panels werden geschlossen. Ein erneuter Start ist jederzeit möglich.',
      'Demomandant entfernen',
    );
    await vs.page.keyboard.press('Escape');
    await vs.contextMenu(row(person), 'Zurücksetzen...');
    await reads(
      'dialog-reset',
      dialog,
      `Zurücksetzen von ${person} in Demomandant?`,
      `Die Registrierung von ${person} wird aufgehoben; Antworten auf Sicherheitsfragen und jede erhöhte Benutzerebene gehen verloren, und eine erneute Registrierung ist erforderlich. Dies kann nicht rückgängig gemacht werden.`,
      `${person} zurücksetzen`,
    );
    await vs.page.keyboard.press('Escape');
    await vs.contextMenu(row(person), 'Löschen...');
    const toast = await vs.notification(
      `Fehler beim Löschen von ${person} aus Demomandant: besitzt 3 Rollen, 3 Quellen und 1 Zertifizierungskampagne.`,
    );
    await reads('dialog-delete', toast, `Besitz von ${person} anzeigen`);
    await vs.dismiss(toast);
  });

  it('is that of Find and of the form of a list', async () => {
    const input = vs.page.locator('.quick-input-widget');
    await vs.palette('ISC Identities: Identität suchen...');
    await input.locator('.quick-input-title').getByText('Identität in Demomandant suchen', { exact: true }).waitFor();
    await input.locator('.monaco-list-row').filter({ hasText: person }).waitFor();
    await reads(
      'find-empty',
      input,
      'ID, E-Mail-Adresse, Alias, Anfang eines Namens oder eine Abfrage wie attributes.city:Austin',
      'In Baumstruktur anzeigen',
    );
    await vs.type('ada w');
    await input.locator('.quick-input-title').filter({ hasText: 'die mit „ada w“ beginnen' }).waitFor();
    await reads(
      'find',
      input,
      'Wörter suchen in Namen, E-Mail-Adressen, Abteilungen, Titeln, Standorten',
      'Diese Abfrage als Liste speichern',
    );
    await vs.page.keyboard.press('Escape');
    await vs.palette('ISC Identities: Neue Liste...');
    await input.getByText('Treffer in Demomandant: 2.000').waitFor();
    await reads(
      'form',
      input,
      'Bedingung hinzufügen',
      'ohne Bedingungen: alle Identitäten',
      'Stattdessen ISC-Suche verwenden',
      'Nicht korrelierte Identitäten: ausgeblendet',
      'Sortiert nach: Anzeigename',
    );
    await vs.page.keyboard.press('Escape');
  });

  it("is that of every tab of a person's panel, and of why she has a role", async () => {
    await row(person).click();
    const page = await vs.webview(person);
    await page.getByRole('heading', { name: person }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'de');
    const tabs: [RegExp, ...(string | RegExp)[]][] = [
      [
        /^Attribute \(40\)$/,
        'Attribute synchronisieren',
        'Verarbeitung OK',
        'Wert von city kopieren',
        'Leere Attribute (4)',
      ],
      [/^Rollenzuweisungen/, 'Herkunft', 'Austin Office erläutern', GERMAN_DATE],
      [/^Zugriff$/, 'Konten', 'aktiviert', 'Quellen stammen aus der ISC-Suche; deren Index kann verzögert sein.'],
      [/^Besitz/, 'Besitzer von Zertifizierungskampagnen', 'Nur aufgeführt, was das Löschen verhindert.'],
      [/^Graph$/, 'Im Graphen suchen', 'Ein Element auswählen, um zu sehen, was zu ihm führt.', 'Zugriffsprofil'],
      [/^JSON$/, 'Antworten von ISC als schreibgeschütztes JSON: zum Suchen, Falten, Kopieren und Vergleichen.'],
    ];
    assert.equal(await page.getByRole('tab').count(), tabs.length);
    for (const [n, [tab, ...expected]] of tabs.entries()) {
      await showTab(page, tab);
      await pageReads(`panel-${String(n)}`, page, ...expected);
    }
    await page.getByRole('button', { name: 'Mehr' }).click();
    await page.getByRole('menuitem', { name: 'E-Mail zum Zurücksetzen des Kennworts senden...' }).waitFor();
    await pageReads('panel-more', page, 'Zurücksetzen...', 'Löschen...');
    await vs.page.keyboard.press('Escape');

    await showTab(page, /^Rollenzuweisungen/);
    await page.locator('tbody').getByText('Regel', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Austin Office', exact: true }).click();
    const why = await vs.webview(`Austin Office · ${person}`);
    await why.getByRole('heading', { name: 'Nachweise' }).waitFor();
    await pageReads(
      'why',
      why,
      `Warum hat ${person} die Rolle Austin Office?`,
      /^Durch Regel zugewiesen: city ist Austin, seit \d{1,2}\. \p{L}+\.? 20\d\d\.$/u,
      'einer Regel',
      'Von dieser Rolle bereitgestellte Konten',
    );
  });

  it('is that of a plan for many, of its question and of its end', async () => {
    await row(other).click({ position: { x: 100, y: 8 } });
    await row(person).click({ modifiers: ['Control'], position: { x: 100, y: 8 } });
    await vs.contextMenu(row(person), 'Ausgewählte Identitäten verarbeiten...');
    await reads(
      'few-question',
      vs.page.locator('.monaco-dialog-box'),
      'Verarbeiten von 2 Identitäten in Demomandant?',
      'Plan anzeigen',
    );
    await vs.modal('Plan anzeigen');
    const page = await vs.webview('Verarbeiten von 2 Identitäten in Demomandant');
    await page.getByText('soll verarbeitet werden', { exact: true }).nth(1).waitFor();
    await pageReads(
      'plan',
      page,
      'Plan: Verarbeiten von 2 Identitäten in Demomandant',
      'noch nichts gesendet',
      'einbezogen',
      'Anforderung',
      '1 Sekunde',
      'mindestens, wegen des Ratenlimits',
      'Diese 2 ausschließen',
      'Geplante Aktion',
    );
    await page.getByRole('button', { name: '2 Identitäten verarbeiten' }).click();
    await reads(
      'plan-question',
      vs.page.locator('.monaco-dialog-box'),
      'Verarbeiten von 2 Identitäten in Demomandant?',
      'Mandant: Demomandant (Demo).',
      '2 Identitäten verarbeiten',
    );
    await vs.modal('2 Identitäten verarbeiten');
    await page.getByText('verarbeitet', { exact: true }).nth(1).waitFor();
    await vs.statusBar('Verarbeiten von 2 Identitäten in Demomandant: 2 erledigt');
    await page.getByText(/^beendet; nichts mehr gesendet nach \d+\.\d+\.\d{4}, [\d:]+ /).waitFor();
    await pageReads('plan-ended', page, 'gesamt', 'erledigt', 'Tabelle filtern nach', 'CSV exportieren');
    await vs.view('Aufgaben').locator('.pane-header').click();
    await vs
      .row('Verarbeiten von 2 Identitäten in Demomandant', 'Aufgaben')
      .filter({ hasText: '2 erledigt' })
      .waitFor();
    await reads('tasks', vs.page.locator('.sidebar .pane'));
  });
});

/** English texts of ours that are none in German. A lone word in lower case may be a value or the name of an attribute. */
function englishTexts(): ReadonlySet<string> {
  const read = (file: string): string[] =>
    Object.values(JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Record<string, string>);
  const both = (end: string): string[] => [...read(`package.nls${end}`), ...read(`l10n/bundle.l10n${end}`)];
  const german = new Set(both('.de.json'));
  return new Set(both('.json').filter((text) => !german.has(text) && !/^[a-z]+$/.test(text)));
}
