// What the host and ui tests run in: chosen by the options of scripts/test.mjs, handed on to the processes it starts.

const NAME = 'ISC_IDENTITIES_TESTED';

/**
 * Of this process and those it starts. `vscode` is a version of VS Code, without it the oldest one claimed; `vsix` a packaged
 * extension to install, without it the working folder runs as an extension under development; `alone`: what is reached is watched.
 *
 * @type {{ vscode?: string, vsix?: string, alone?: boolean }}
 */
export const tested = JSON.parse(process.env[NAME] ?? '{}');

/** The environment that tells a process what it tests. */
export function testing(what) {
  return { [NAME]: JSON.stringify(what) };
}
