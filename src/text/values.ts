import { formatDate, formatDateTime } from './dates';
import { dateIn } from './dateValues';
import { plain, type PlainText } from './plain';

/** A raw value of a field as a person reads it: dates as dates, all else as it is. */
export function formatValue(name: string, value: string | number): PlainText {
  const date = dateIn(name, value);
  if (!date) return plain(String(value));
  return date.kind === 'day' ? formatDate(date.iso) : formatDateTime(date.iso);
}
