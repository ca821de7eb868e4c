/** Puts values into a text of the host: `{0}` is the first. */
export function fill(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d+)\}/g, (whole, index: string) => String(values[Number(index)] ?? whole));
}

/** The beginning of a long text: at most `characters` and `lines`, never half of a surrogate pair. */
export function cut(text: string, characters = 400, lines = 12): string {
  let end = Math.min(text.length, characters);
  for (let line = 0, from = 0; line < lines; line++) {
    const newline = text.indexOf('\n', from);
    if (newline < 0 || newline >= end) break;
    from = newline + 1;
    if (line === lines - 1) end = newline;
  }
  const last = text.charCodeAt(end - 1);
  if (end < text.length && last >= 0xd800 && last <= 0xdbff) end--;
  return text.slice(0, end);
}

/** The first items of a long list, each cut; `complete` says whether that is all. */
export function cutItems(items: readonly string[], count = 12): { items: readonly string[]; complete: boolean } {
  const shown = items.slice(0, count).map((item) => cut(item, 200, 3));
  return { items: shown, complete: items.length <= count && shown.every((item, i) => item === items[i]) };
}

/** Whether a text is found in one of the others, ignoring case. */
export function matches(filter: string, ...texts: readonly (string | undefined)[]): boolean {
  const wanted = filter.trim().toLowerCase();
  return wanted === '' || texts.some((text) => text?.toLowerCase().includes(wanted));
}

/** Things as the page's language lists them: "A, B, C". */
export function listWords(things: readonly string[]): string {
  const language = document.documentElement.lang || undefined;
  return new Intl.ListFormat(language, { type: 'unit', style: 'short' }).format(things);
}

/** A number with the separators of the page's language: "12,431". */
export function numberWord(n: number): string {
  return n.toLocaleString(document.documentElement.lang || undefined);
}

/** A moment as the page's language writes it, by the clock of `formatTime`: "14:32 CET", with the date where that is not today. */
export function clockWords(time: number, now = Date.now()): string {
  const language = document.documentElement.lang || undefined;
  const isToday = new Date(time).toDateString() === new Date(now).toDateString();
  const hours = { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const;
  return new Date(time).toLocaleString(language, isToday ? hours : { day: 'numeric', month: 'short', ...hours });
}
