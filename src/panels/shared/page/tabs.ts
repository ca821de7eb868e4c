import { html, noChange, nothing, type TemplateResult } from 'lit';

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** Only once known. */
  readonly count: string | undefined;
  readonly content: () => TemplateResult;
}

/**
 * A row of tabs with their panels, by the ARIA pattern: one stop for the Tab key, arrows, Home and End move and select.
 * A tab that is left keeps its rows, hidden: taking thousands away and building them again is slow.
 * Own markup because `vscode-tabs` nests two tab lists (which screen readers and axe object to) and knows neither Home
 * nor End.
 */
export function tabs<Id extends string>(options: {
  readonly label: string;
  readonly list: readonly Tab<Id>[];
  readonly selected: Id;
  readonly select: (id: Id) => void;
}): TemplateResult {
  const { label, list, selected, select } = options;

  const onKey = (event: KeyboardEvent): void => {
    const here = list.findIndex(({ id }) => id === selected);
    const target = { ArrowRight: here + 1, ArrowLeft: here - 1 + list.length, Home: 0, End: list.length - 1 }[
      event.key
    ];
    const tab = target === undefined ? undefined : list[target % list.length];
    if (!tab) return;
    event.preventDefault();
    select(tab.id);
    document.getElementById(tabId(tab.id))?.focus();
  };

  return html`
    <div class="tabs" role="tablist" aria-label=${label} @keydown=${onKey}>
      ${list.map(
        ({ id, label: text, count }) =>
          html`<button
            role="tab"
            id=${tabId(id)}
            aria-controls=${panelId(id)}
            aria-selected=${id === selected ? 'true' : 'false'}
            tabindex=${id === selected ? 0 : -1}
            @click=${() => {
              select(id);
            }}
          >
            ${text}${count === undefined ? nothing : html` <span class="count">(${count})</span>`}
          </button>`,
      )}
    </div>
    ${list.map(
      ({ id, content }) =>
        html`<section
          class="tabpanel"
          role="tabpanel"
          id=${panelId(id)}
          aria-labelledby=${tabId(id)}
          tabindex="0"
          ?hidden=${id !== selected}
        >
          ${id === selected ? content() : noChange}
        </section>`,
    )}
  `;
}

/**
 * A page that gets the focus without a place of its own for it begins at its tabs: what stands above them is read once, the tabs are
 * what a user comes for. A click sets the focus itself, and Tab goes on from there as ever.
 */
export function beginAtTabs(): void {
  window.addEventListener('focus', () => {
    if (document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus({ preventScroll: true });
  });
}

function tabId(id: string): string {
  return `tab-${id}`;
}

function panelId(id: string): string {
  return `panel-${id}`;
}
