import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { IdentityTexts, RoleRow } from '../panels/protocol/identity';
import { badge, empty, moment } from './states';

/** The roles of the person: since when, from when, until when. */
export function roleAssignmentsTab(rows: readonly RoleRow[], texts: IdentityTexts): TemplateResult {
  if (rows.length === 0) return empty(texts.noRoles);
  return html`
    <table>
      <thead>
        <tr>
          <th scope="col">${texts.role}</th>
          <th scope="col">${texts.added}</th>
          <th scope="col">${texts.starts}</th>
          <th scope="col">${texts.ends}</th>
        </tr>
      </thead>
      <tbody>
        ${repeat(
          rows,
          ({ id }) => id,
          ({ role, added, starts, ends, badge: mark }) =>
            html`<tr>
              <th scope="row"><bdi>${role}</bdi> ${mark ? badge(mark) : nothing}</th>
              <td>${moment(added)}</td>
              <td>${moment(starts)}</td>
              <td>${moment(ends)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  `;
}
