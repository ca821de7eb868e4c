/** Where the lists stand in a settings file. Pure. */
import { SETTINGS } from '../../ids';

/** Settings stand at the top of settings.json, and below `settings` in a .code-workspace file. */
export type SettingsKind = 'settings' | 'workspaceFile';

/** The name of the setting as it is written. */
export const LISTS_SETTING = `${SETTINGS.section}.${SETTINGS.lists}`;

/** What kind of settings file that is; undefined for any other file. */
export function settingsKind(path: string): SettingsKind | undefined {
  if (/(^|[\\/])settings\.json$/.test(path)) return 'settings';
  return path.endsWith('.code-workspace') ? 'workspaceFile' : undefined;
}

export function listsPath(kind: SettingsKind): readonly string[] {
  return kind === 'settings' ? [LISTS_SETTING] : ['settings', LISTS_SETTING];
}
