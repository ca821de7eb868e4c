import { day, exact } from './dates';
import { dateIn } from './dateValues';
import { plain, type PlainText } from './plain';

/** A raw value of a field as a person reads it: dates as dates, all else as it is. */
export function valueWords(name: string, value: string | number): PlainText {
  const date = dateIn(name, value);
  if (!date) return plain(String(value));
  return date.kind === 'day' ? day(date.iso) : exact(date.iso);
}
