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
