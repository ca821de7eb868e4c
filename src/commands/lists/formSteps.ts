import {
  IDENTITY_FILTER_FIELDS,
  IDENTITY_FILTER_VALUES,
  type FilterOperator,
  type FilterValue,
} from '../../api/filter';
import { parseFilter } from '../../api/filterParser';
import type { Condition } from '../../lists/draft';
import { FIELD_WORDS, OPERATOR_WORDS } from '../../lists/filterText';
import { statusLabel } from '../../text/state';
import {
  type BACK,
  choiceStep,
  inputStep,
  required,
  step,
  wizard,
  type Choice,
  type InputMessage,
  type Step,
} from '../ui/prompts';
import { filterMistakeText } from '../../text/filterMistakes';
import type { Ui } from '../ui/ui';
import { t } from '../../text/l10n';
import { plain, type PlainText } from '../../text/plain';

type Field = keyof typeof IDENTITY_FILTER_FIELDS;
const FIELDS = Object.keys(IDENTITY_FILTER_FIELDS) as readonly Field[];

interface ConditionForm {
  field: Field;
  operator: FilterOperator;
  /** As typed or chosen. */
  value: string;
  /** The value is typed although the service's usual ones were offered. */
  typed: boolean;
}

/** Asks for field, operator and value: only what the service supports. @returns BACK when the first step was left by it. */
export async function askCondition(ui: Ui, title: PlainText, present?: Condition): Promise<Condition | typeof BACK> {
  const form = formOf(present);
  const left = await wizard([
    fieldStep(ui, title, form),
    operatorStep(ui, title, form),
    valueChoiceStep(ui, title, form),
    valueStep(ui, title, form),
  ]);
  return left ?? conditionOf(form);
}

function formOf(present: Condition | undefined): ConditionForm {
  const field = FIELDS.find((name) => name === present?.field);
  if (!present || !field) return { field: 'name', operator: 'sw', value: '', typed: false };
  const value = present.values.map(String).join(', ');
  return { field, operator: present.operator, value, typed: !usual(field).includes(value) };
}

function conditionOf({ field, operator, value }: ConditionForm): Condition {
  const values = (): readonly FilterValue[] => {
    if (IDENTITY_FILTER_FIELDS[field].type === 'boolean') return [value === 'true'];
    return operator === 'in' ? listed(value) : [value];
  };
  return { kind: 'test', field, operator, values: values() };
}

function fieldStep(ui: Ui, title: PlainText, form: ConditionForm): Step {
  return step<Field>({
    ask: (place) =>
      choiceStep(
        ui,
        { ...place, title, back: true },
        t('Which field?'),
        FIELDS.map((value) => ({ label: FIELD_WORDS[value] ?? plain(value), description: plain(value), value })),
        form.field,
      ),
    keep: (field) => {
      const operators: readonly FilterOperator[] = IDENTITY_FILTER_FIELDS[field].operators;
      // What was typed for a text fits another text, a chosen value fits its own field only.
      if (field !== form.field && (usual(field).length > 0 || usual(form.field).length > 0)) form.value = '';
      if (!operators.includes(form.operator)) form.operator = operators[0] ?? 'eq';
      form.field = field;
    },
  });
}

function operatorStep(ui: Ui, title: PlainText, form: ConditionForm): Step {
  const operators = (): readonly FilterOperator[] => IDENTITY_FILTER_FIELDS[form.field].operators;
  return step<FilterOperator>({
    skip: () => operators().length === 1,
    ask: (place) =>
      choiceStep(
        ui,
        { ...place, title },
        t('Which operator for {0}?', FIELD_WORDS[form.field] ?? form.field),
        operators().map((value) => ({
          label: OPERATOR_WORDS[value] ?? plain(value),
          description: plain(value),
          value,
        })),
        form.operator,
      ),
    keep: (operator) => {
      form.operator = operator;
    },
  });
}

const ANOTHER = 'another';

function valueChoiceStep(ui: Ui, title: PlainText, form: ConditionForm): Step {
  return step({
    skip: () => usual(form.field).length === 0,
    ask: (place) =>
      choiceStep(
        ui,
        { ...place, title },
        t('Which value for {0}?', FIELD_WORDS[form.field] ?? form.field),
        [...usual(form.field).map((value) => valueChoice(form.field, value)), ...anotherValue(form.field)],
        form.typed ? ANOTHER : form.value,
      ),
    keep: (value) => {
      form.typed = value === ANOTHER;
      if (!form.typed) form.value = value;
    },
  });
}

/** The values that can be chosen of a field. */
function usual(field: Field): readonly string[] {
  return IDENTITY_FILTER_FIELDS[field].type === 'boolean' ? ['true', 'false'] : (IDENTITY_FILTER_VALUES[field] ?? []);
}

function valueChoice(field: Field, value: string): Choice<string> {
  if (IDENTITY_FILTER_FIELDS[field].type === 'boolean') {
    return { label: value === 'true' ? t('yes') : t('no'), description: plain(value), value };
  }
  return field === 'cloudStatus'
    ? { label: statusLabel(value).word, description: plain(value), value }
    : { label: plain(value), value };
}

function anotherValue(field: Field): Choice<string>[] {
  if (IDENTITY_FILTER_FIELDS[field].type === 'boolean') return [];
  return [{ label: t('Another value...'), detail: t('ISC may have more values than these'), value: ANOTHER }];
}

function valueStep(ui: Ui, title: PlainText, form: ConditionForm): Step {
  return step({
    skip: () => usual(form.field).length > 0 && !form.typed,
    ask: (place) =>
      inputStep(ui, {
        ...place,
        title,
        value: form.value,
        leave: (typed) => {
          form.value = typed;
        },
        prompt: valuePrompt(form),
        check: (typed) =>
          required(typed) ??
          (form.operator === 'in' && listed(typed).length === 0
            ? required('', t('Enter at least one ID.'))
            : undefined),
      }),
    keep: (value) => {
      form.value = value;
    },
  });
}

function valuePrompt({ field, operator }: ConditionForm): PlainText {
  const name = FIELD_WORDS[field] ?? field;
  if (operator === 'in') return t('IDs, separated by commas, spaces or line breaks');
  return operator === 'sw' ? t('Start of the {0}, exact text', name) : t('Full {0}, exact text', name);
}

/** Ids as they are pasted from lists, tables and code. */
function listed(text: string): readonly string[] {
  return text.split(/[\s,;"'()[\]]+/).filter(Boolean);
}

/** Asks for a filter as the service reads it; what is wrong is said while it is typed, with its place. */
export function askFilter(ui: Ui, title: PlainText, filter: string, leave: (typed: string) => void) {
  return inputStep(ui, {
    title,
    step: 1,
    totalSteps: 1,
    back: true,
    value: filter,
    leave,
    prompt: t('The filter as sent to ISC; leave empty for all identities'),
    placeholder: plain('cloudStatus eq "LOCKED" and name sw "A"'),
    check: filterMessage,
  });
}

/** The first mistake of a filter for the box it is typed in: "Character 6: …". */
export function filterMessage(filter: string): InputMessage | undefined {
  if (filter.trim() === '') return undefined;
  const parsed = parseFilter(filter);
  if (parsed.ok) return undefined;
  const { position, length } = parsed.mistake;
  return {
    message: t('Character {0}: {1}', position + 1, filterMistakeText(parsed.mistake)),
    severity: 'error',
    wrong: [position, position + length],
  };
}

/** Asks for a query of the service's Search. */
export function askSearch(ui: Ui, title: PlainText, search: string, leave: (typed: string) => void) {
  return inputStep(ui, {
    title,
    step: 1,
    totalSteps: 1,
    back: true,
    value: search,
    leave,
    prompt: t('A Search query, such as {0}', 'attributes.department:Sales AND inactive:false'),
    check: (typed) => required(typed, t('Enter a query.')),
  });
}
