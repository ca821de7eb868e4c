/**
 * Sorters that leave no two people equal: paging by offset needs an order that stays, and names or states alone may be equal.
 *
 * @param sorters as in a request; without them by name
 */
export function totalOrder(sorters = ''): string {
  const keys = sorters.split(',').filter((key) => key !== '');
  const has = (name: string): boolean => keys.some((key) => key.replace(/^-/, '') === name);
  return [...keys, ...['name', 'alias'].filter((name) => !has(name) && !(name === 'name' && has('alias')))].join(',');
}
