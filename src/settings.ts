// The person's settings, read anew each time: a change counts from the next use.
import * as v from 'valibot';
import * as vscode from 'vscode';
import { SETTING_NUMBERS, SETTINGS } from './ids';
import { readAs } from './schema';

export const settings = {
  pageSize: () => read('pageSize'),
  requestTimeoutMs: () => read('requestTimeout') * 1000,
  demoIdentities: () => read('demoIdentities'),
  keepResultsDays: () => read('keepResultsDays'),
  /** What is no boolean counts as not set. */
  revealActiveIdentity: () => readAs(v.boolean(), valueOf('revealActiveIdentity')) ?? true,
  /** How tables are written into files. */
  csvStyle: () => ({
    delimiter: DELIMITERS[readAs(v.picklist(['comma', 'semicolon', 'tab']), valueOf('csvDelimiter')) ?? 'comma'],
    byteOrderMark: readAs(v.boolean(), valueOf('csvByteOrderMark')) ?? true,
  }),
};

const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t' } as const;

/** Calls back when the setting has changed. */
export function onSettingChanged(name: string, changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(`${SETTINGS.section}.${name}`)) changed();
  });
}

/**
 * VS Code marks what is no number, or too small or too big, by package.json, and gives it all the same: the former counts as not
 * set, the latter as the nearest that is allowed.
 */
function read(name: keyof typeof SETTING_NUMBERS): number {
  const { usual, least, most } = SETTING_NUMBERS[name];
  const schema = v.pipe(v.number(), v.integer(), v.toMinValue(least), v.toMaxValue(most));
  return readAs(schema, valueOf(name)) ?? usual;
}

function valueOf(name: keyof typeof SETTINGS): unknown {
  return vscode.workspace.getConfiguration(SETTINGS.section).get(SETTINGS[name]);
}
