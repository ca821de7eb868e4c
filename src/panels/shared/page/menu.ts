import { html, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';

export interface MenuItem<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly icon: string;
}

/**
 * A button that opens a menu, by the ARIA pattern: arrows, Home and End move, Escape closes and leaves the focus on the
 * button. The page's own popover does the rest: it closes when something else is clicked.
 */
export function moreMenu<Id extends string>(
  label: string,
  items: readonly MenuItem<Id>[],
  choose: (id: Id) => void,
): TemplateResult {
  return html`
    <span class="more">
      <vscode-button
        secondary
        icon-after="chevron-down"
        aria-haspopup="menu"
        @click=${(event: Event) => {
          menuBeside(event)?.togglePopover();
        }}
        >${label}</vscode-button
      >
      ${menuList(label, items, (menu) => menu.parentElement?.querySelector('vscode-button') ?? null, choose)}
    </span>
  `;
}

/**
 * The menu alone, closed: `showPopover` opens it.
 *
 * @param opener what it opens below, and what has the focus when it is closed
 */
export function menuList<Id extends string>(
  label: string,
  items: readonly MenuItem<Id>[],
  opener: (menu: HTMLElement) => HTMLElement | null,
  choose: (id: Id) => void,
): TemplateResult {
  return html`<div
    class="menu"
    role="menu"
    aria-label=${label}
    popover
    @toggle=${(event: Event) => {
      const menu = event.currentTarget as HTMLElement;
      if ((event as ToggleEvent).newState !== 'open') return;
      placeBelow(menu, opener(menu));
      menu.querySelector('button')?.focus();
    }}
    @keydown=${(event: KeyboardEvent) => {
      onKey(event, opener);
    }}
  >
    ${items.map(
      ({ id, label: text, icon }) =>
        html`<button
          role="menuitem"
          tabindex="-1"
          @click=${(event: Event) => {
            (event.currentTarget as HTMLElement).parentElement?.hidePopover();
            choose(id);
          }}
        >
          <span class="codicon codicon-${icon}" aria-hidden="true"></span> ${text}
        </button>`,
    )}
  </div>`;
}

function menuBeside({ currentTarget }: Event): HTMLElement | null {
  return (currentTarget as HTMLElement).parentElement?.querySelector<HTMLElement>('.menu') ?? null;
}

/** Puts what popped up under its opener, inside the window. */
export function placeBelow(popped: HTMLElement, opener: HTMLElement | null): void {
  const place = opener?.getBoundingClientRect();
  if (!place) return;
  const { innerWidth, innerHeight } = window;
  popped.style.top = `${String(Math.max(0, Math.min(place.bottom + 2, innerHeight - popped.offsetHeight - 8)))}px`;
  popped.style.left = `${String(Math.max(0, Math.min(place.left, innerWidth - popped.offsetWidth - 8)))}px`;
}

function onKey(event: KeyboardEvent, opener: (menu: HTMLElement) => HTMLElement | null): void {
  const menu = event.currentTarget as HTMLElement;
  if (event.key === 'Escape' || event.key === 'Tab') {
    menu.hidePopover();
    opener(menu)?.focus();
    return;
  }
  const items = [...menu.querySelectorAll('button')];
  const here = items.findIndex((item) => item === document.activeElement);
  const next = { ArrowDown: here + 1, ArrowUp: here - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items[next % items.length]?.focus();
}
