import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/ids';
import { once } from './events';

suite('extension', () => {
  const extension = vscode.extensions.getExtension('isc-identities.isc-identities');

  test('is installed and activates', async () => {
    assert.ok(extension);
    await extension.activate();
    assert.ok(extension.isActive);
    assert.equal(extension.exports, undefined);
  });

  test('registers every command', async () => {
    await extension?.activate();
    const registered = await vscode.commands.getCommands(true);
    for (const id of Object.values(COMMANDS)) assert.ok(registered.includes(id), id);
  });

  test('opens one panel for a person, however often she is opened', async () => {
    await vscode.commands.executeCommand(COMMANDS.tryDemo);
    const target = {
      tenantId: '00000000-0000-4000-8000-000000000000',
      identity: { id: 'a'.repeat(32), name: 'Walter White' },
    };
    const panels = (): vscode.Tab[] =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ label }) => label.includes('Walter White'));
    await vscode.commands.executeCommand(COMMANDS.openIdentity, target);
    await vscode.commands.executeCommand(COMMANDS.openIdentity, target);
    await once(vscode.window.tabGroups.onDidChangeTabs, () => panels().length > 0);
    assert.equal(panels().length, 1);
  });
});
