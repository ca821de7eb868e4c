/** What is said of a change that the read-only tenant of the stage refused, before the button that unlocks it. */
export function readOnlyText(failed: string): string {
  return `${failed}: the tenant is read-only. Unlock it first. "Unlock and continue" allows changes in Acme (sandbox) until it is set to read-only again.`;
}
