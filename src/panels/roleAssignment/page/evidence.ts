import { html, nothing, type TemplateResult } from 'lit';
import type { PersonLink } from '../../shared/protocol';
import type { Evidence, MatchedRow, WhyTexts, WhyPresent } from '../protocol';
import { badge, momentText } from '../../shared/page/parts';
import { cut } from '../../shared/page/format';

/** What the service says, fact by fact; what it does not say is called unknown. */
export function evidenceTable(
  facts: readonly Evidence[],
  texts: WhyTexts,
  link: (person: PersonLink) => TemplateResult,
): TemplateResult {
  return html`<dl class="attributes">
    ${facts.map(
      ({ label, value, exact, person }) =>
        html`<div>
          <dt>${label}</dt>
          <dd>
            ${
              person
                ? link(person)
                : value === null
                  ? html`<span class="dim">${texts.unknown}</span>`
                  : fact(value, exact)
            }
          </dd>
        </div>`,
    )}
  </dl>`;
}

/** The dates in their order, today among them. */
export function timeline(steps: WhyPresent['timeline']): TemplateResult {
  return html`<ol class="timeline">
    ${steps.map(
      ({ label, moment: at, past }) =>
        html`<li class=${past ? 'past' : ''}><span class="dim">${label}</span> ${momentText(at)}</li>`,
    )}
  </ol>`;
}

/** What the rule matched, beside what the person has now. */
export function matchedTable(rows: readonly MatchedRow[], texts: WhyTexts): TemplateResult {
  return html`<table>
    <thead>
      <tr>
        <th scope="col">${texts.attribute}</th>
        <th scope="col">${texts.matchedValue}</th>
        <th scope="col">${texts.presentValue}</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ attribute, matched, present, same }) =>
          html`<tr>
            <th scope="row"><bdi>${attribute}</bdi></th>
            <td class="wrap"><bdi>${matched}</bdi></td>
            <td class="wrap">
              ${same === null ? dim(texts.unknown) : html`<bdi>${present}</bdi> ${verdict(same, texts)}`}
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** The context a request was made with. */
export function requestedTable(rows: WhyPresent['requested'], texts: WhyTexts): TemplateResult {
  return html`<dl class="attributes">
    ${rows.map(
      ({ attribute, value, derived }) =>
        html`<div>
          <dt><bdi>${attribute}</bdi></dt>
          <dd>
            <span><bdi class="fact">${value}</bdi> ${derived ? dim(`(${texts.derived})`) : ''}</span>
          </dd>
        </div>`,
    )}
  </dl>`;
}

function fact(value: string, exact: string | undefined): TemplateResult {
  const beginning = cut(value);
  if (beginning !== value) {
    return html`<details>
      <summary><bdi class="fact">${beginning}…</bdi></summary>
      <bdi class="fact">${value}</bdi>
    </details>`;
  }
  return html`<bdi class="fact" title=${exact ?? nothing}>${value}</bdi>`;
}

function verdict(same: boolean, texts: WhyTexts): TemplateResult {
  return same
    ? badge({ icon: 'pass', word: texts.same, tone: 'ok' })
    : badge({ icon: 'warning', word: texts.changedNow, tone: 'warning' });
}

function dim(text: string): TemplateResult {
  return html`<span class="dim">${text}</span>`;
}
