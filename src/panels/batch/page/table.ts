import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import type { PersonLink } from '../../shared/protocol';
import type { BatchPresent, BatchRows, BatchRowContent, BatchTexts } from '../protocol';
import { badge, empty } from '../../shared/page/parts';
import { cut, fill, numberWord } from '../../shared/page/format';

export interface TableActs {
  /** Shows the page that begins there. */
  readonly turn: (offset: number) => void;
  readonly exclude: (row: number, excluded: boolean) => void;
  readonly open: (person: PersonLink, owns: boolean) => void;
  readonly copy: (text: string) => Promise<unknown>;
}

type Look = Pick<BatchPresent, 'canExclude' | 'address'>;

/** One page of the people of a batch, with their place in the whole of it told to screen readers. */
export function batchTable(
  { rows, offset, matching }: BatchRows,
  size: number,
  look: Look,
  texts: BatchTexts,
  acts: TableActs,
): TemplateResult {
  if (rows.length === 0) return empty(texts.noMatch);
  const pages = matching > size ? pager(offset, size, matching, texts, acts.turn) : nothing;
  return html`
    ${pages}
    <div class="sideways">
      <table class="people" aria-label=${texts.people} aria-rowcount=${matching + 1}>
        <thead>
          <tr aria-rowindex="1">
            ${look.canExclude ? html`<td class="check"></td>` : nothing}
            <th scope="col">${texts.name}</th>
            <th scope="col">${look.canExclude ? texts.will : texts.state}</th>
            <th scope="col">${look.address}</th>
            <th scope="col">${texts.alias}</th>
          </tr>
        </thead>
        <tbody>
          ${repeat(
            rows,
            ({ row }) => row,
            (row, n) => tableRow(row, offset + n + 2, look, texts, acts),
          )}
        </tbody>
      </table>
    </div>
  `;
}

function tableRow(
  view: BatchRowContent,
  place: number,
  { canExclude }: Look,
  texts: BatchTexts,
  acts: TableActs,
): TemplateResult {
  const { row, asked, person, alias, email, state, excluded, owner } = view;
  const name = cut(person?.name ?? asked, 120);
  return html`<tr aria-rowindex=${place} class=${excluded || !person ? 'off' : ''}>
    ${
      canExclude
        ? html`<td class="check">
            ${
              view.canExclude
                ? html`<vscode-checkbox
                    .checked=${live(!excluded)}
                    @change=${(event: Event) => {
                      acts.exclude(row, !(event.target as HTMLInputElement).checked);
                    }}
                    ><span class="unseen">${fill(texts.include, name)}</span></vscode-checkbox
                  >`
                : nothing
            }
          </td>`
        : nothing
    }
    <th scope="row">
      ${
        person
          ? html`<button
              class="link"
              title=${fill(texts.openPerson, name)}
              @click=${() => {
                acts.open(person, false);
              }}
            >
              <bdi>${name}</bdi>
            </button>`
          : html`<bdi>${name}</bdi>`
      }
    </th>
    <td class="wrap state">
      ${badge(state)}
      ${
        owner && person
          ? html`<button
              class="link"
              @click=${() => {
                acts.open(person, true);
              }}
            >
              ${fill(texts.owns, name)}
            </button>`
          : nothing
      }
      ${said(view, texts, acts)}
    </td>
    ${textCell(cut(email, 260))} ${textCell(cut(alias, 100))}
  </tr>`;
}

/** In one line, unless it is of a length that no line has. */
function textCell(text: string): TemplateResult {
  return html`<td class=${text.length > 50 ? 'wrap' : ''}><bdi>${text}</bdi></td>`;
}

/** What the service said, with its id to quote. */
function said({ message, trackingId }: BatchRowContent, texts: BatchTexts, { copy }: TableActs): TemplateResult {
  return html`
    ${message ? html`<p class="said"><bdi class="fact">${cut(message, 400, 8)}</bdi></p>` : nothing}
    ${
      trackingId
        ? html`<p class="said dim">
            ${fill(texts.tracking, cut(trackingId, 80))}
            <button
              class="icon codicon codicon-copy"
              title=${fill(texts.copyTracking, cut(trackingId, 80))}
              aria-label=${fill(texts.copyTracking, cut(trackingId, 80))}
              @click=${(event: Event) => void copied(copy(trackingId), event.currentTarget as HTMLElement)}
            ></button>
          </p>`
        : nothing
    }
  `;
}

/** The button itself says for a moment that it did it. */
async function copied(done: Promise<unknown>, button: HTMLElement): Promise<void> {
  await done;
  button.classList.replace('codicon-copy', 'codicon-check');
  setTimeout(() => {
    button.classList.replace('codicon-check', 'codicon-copy');
  }, 1500);
}

/** First, previous, next, last; a button without effect keeps the focus. */
function pager(
  offset: number,
  size: number,
  matching: number,
  texts: BatchTexts,
  turn: (offset: number) => void,
): TemplateResult {
  const last = Math.floor((matching - 1) / size) * size;
  const to = (target: number, label: string, icon: string): TemplateResult => {
    const usable = target >= 0 && target <= last && target !== offset;
    return html`<button
      class="icon codicon codicon-${icon}"
      title=${label}
      aria-label=${label}
      aria-disabled=${usable ? 'false' : 'true'}
      @click=${() => {
        if (usable) turn(target);
      }}
    ></button>`;
  };
  return html`<nav class="pages" aria-label=${texts.pages}>
    ${to(0, texts.first, 'triangle-left')} ${to(offset - size, texts.previous, 'chevron-left')}
    <span role="status"
      >${fill(texts.window, numberWord(offset + 1), numberWord(Math.min(offset + size, matching)), numberWord(matching))}</span
    >
    ${to(offset + size, texts.next, 'chevron-right')} ${to(last, texts.last, 'triangle-right')}
  </nav>`;
}
