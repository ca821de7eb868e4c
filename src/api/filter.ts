/** The service's filter grammar (contract 5). */

/** A value as the grammar writes text: in double quotes, with backslashes and quotes escaped. */
export function quoted(value: string): string {
  return `"${value.replace(/[\\"]/g, '\\$&')}"`;
}
