import type { ListProblem } from '../lists/list';
import { t } from '../text/l10n';
import { plain, type PlainText } from '../text/plain';

/** "filter, character 12: …" */
export function problemWords({ part, position, message }: ListProblem): PlainText {
  if (part === 'list') return plain(message);
  return position === undefined
    ? t('{0}: {1}', part, message)
    : t('{0}, character {1}: {2}', part, position + 1, message);
}
