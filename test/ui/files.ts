import type { Workbench } from './workbench';

/** Names a file in VS Code's own dialog, which puts a folder over what is typed while it still opens. */
export async function chooseFile(vs: Workbench, file: string): Promise<void> {
  const dialog = vs.page.locator('.quick-input-widget:visible');
  const ok = dialog.getByRole('button', { name: 'OK', exact: true });
  await dialog.locator('.monaco-list-row').filter({ hasText: '..' }).first().waitFor();
  for (let tries = 0; tries < 10 && (await ok.count()) > 0; tries++) {
    await vs.type(file);
    await ok.click({ timeout: 10_000 }).catch(() => undefined);
    // Long: typed once more on a slow machine, the path would land in the question that follows.
    await ok.waitFor({ state: 'detached', timeout: 15_000 }).catch(() => undefined);
  }
}
