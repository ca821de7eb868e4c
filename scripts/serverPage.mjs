// The page of a window, as the server sends it.

/**
 * The page, told which view a new window shows: whoever embeds VS Code may say that in its configuration (`defaultLayout`), and no
 * setting does. Afterwards the window comes back to what was left.
 *
 * @param {string} page HTML with the configuration as JSON in an attribute
 * @param {string} view its ID
 */
export function withView(page, view) {
  const layout = JSON.stringify({ defaultLayout: { views: [{ id: view }] } }).slice(1, -1);
  return page.replace('data-settings="{', (found) => `${found}${layout.replaceAll('"', '&quot;')},`);
}

/**
 * The page, told which extensions are under development and which tests to run in them, as its address says (`extension`, `tests`).
 * VS Code's own way to say it in the address (`payload`) holds one extension, and newer versions do not read it.
 *
 * @param {string} page HTML with the configuration as JSON in an attribute
 * @param {URL} address
 */
export function withDevelopment(page, address) {
  const extensions = address.searchParams.getAll('extension').map(toUri);
  const [extensionTestsPath] = address.searchParams.getAll('tests').map(toUri);
  if (extensions.length === 0) return page;
  const options = JSON.stringify({ extensions, extensionTestsPath }).slice(1, -1).replaceAll('"', '&quot;');
  return page.replace('&quot;developmentOptions&quot;:{', (found) => `${found}${options},`);
}

/** As VS Code writes an address into JSON. */
function toUri(address) {
  const { protocol, host, pathname } = new URL(address);
  return { scheme: protocol.slice(0, -1), authority: host, path: decodeURIComponent(pathname) };
}
