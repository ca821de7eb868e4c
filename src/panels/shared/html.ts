/** The page every panel starts as: no data, no inline script, no inline style. Pure; imports nothing. */

export interface Shell {
  /** `webview.cspSource`. */
  readonly cspSource: string;
  /** Fresh and unguessable for every load. */
  readonly nonce: string;
  /** What the page calls itself when it asks. */
  readonly load: string;
  readonly language: string;
  readonly title: string;
  /** Addresses as the webview can load them. */
  readonly script: string;
  readonly styleSheet: string;
  readonly codicons: string;
}

/** The whole document. Everything put into it is escaped; what the panel shows comes later, by message. */
export function shell({ cspSource, nonce, load, language, title, script, styleSheet, codicons }: Shell): string {
  return `<!DOCTYPE html>
<html lang="${escape(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(contentSecurityPolicy(cspSource, nonce))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escape(codicons)}" id="vscode-codicon-stylesheet">
<link rel="stylesheet" href="${escape(styleSheet)}">
<title>${escape(title)}</title>
</head>
<body>
<main id="page" aria-busy="true" data-load="${escape(load)}"></main>
<script nonce="${escape(nonce)}" src="${escape(script)}"></script>
</body>
</html>
`;
}

/** A page with one sentence and no script, for a panel that has nothing to show. */
export function notice(page: Pick<Shell, 'cspSource' | 'language' | 'styleSheet'>, sentence: string): string {
  return `<!DOCTYPE html>
<html lang="${escape(page.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${escape(page.cspSource)}">
<link rel="stylesheet" href="${escape(page.styleSheet)}">
<title>${escape(sentence)}</title>
</head>
<body>
<main class="gone"><h1>${escape(sentence)}</h1></main>
</body>
</html>
`;
}

/** Nothing but our own script (by nonce) and our own style sheets and fonts. */
export function contentSecurityPolicy(cspSource: string, nonce: string): string {
  return `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource}; font-src ${cspSource}`;
}

/** Safe in text and in a quoted attribute. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
