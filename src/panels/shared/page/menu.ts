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
      <div class="menu" role="menu" aria-label=${label} popover @toggle=${onToggle} @keydown=${onKey}>
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
      </div>
    </span>
  `;
}

function menuBeside({ currentTarget }: Event): HTMLElement | null {
  return (currentTarget as HTMLElement).parentElement?.querySelector<HTMLElement>('.menu') ?? null;
}

/** Puts the open menu under its button, inside the window, and the focus on its first item. */
function onToggle(event: Event): void {
  const menu = event.currentTarget as HTMLElement;
  if ((event as ToggleEvent).newState !== 'open') return;
  const place = menu.parentElement?.getBoundingClientRect();
  if (place) {
    menu.style.top = `${String(place.bottom + 2)}px`;
    menu.style.left = `${String(Math.max(0, Math.min(place.left, window.innerWidth - menu.offsetWidth - 8)))}px`;
  }
  menu.querySelector('button')?.focus();
}

function onKey(event: KeyboardEvent): void {
  const menu = event.currentTarget as HTMLElement;
  if (event.key === 'Escape' || event.key === 'Tab') {
    menu.hidePopover();
    menu.parentElement?.querySelector<HTMLElement>('vscode-button')?.focus();
    return;
  }
  const items = [...menu.querySelectorAll('button')];
  const here = items.findIndex((item) => item === document.activeElement);
  const next = { ArrowDown: here + 1, ArrowUp: here - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items[next % items.length]?.focus();
}
