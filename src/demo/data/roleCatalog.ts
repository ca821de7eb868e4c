import { DEPARTMENTS, LOCATIONS, SOURCES } from './organisation';
import { idFrom } from './random';

/** A role of the demo tenant. With a rule it is given to everybody whose attribute has that value. */
export interface DemoRole {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly rule?: { readonly attribute: string; readonly value: string };
  readonly dimensional: boolean;
  /** Index into `SOURCES` of the accounts it provisions. */
  readonly sources: readonly number[];
  readonly ownerIndex: number;
}

const REQUESTABLE: readonly string[] = [
  'Cloud Cost Viewer',
  'Production Support',
  'Data Warehouse Analyst',
  'Release Manager',
  'Invoice Approver',
  'Campaign Editor',
  'Travel Booker',
  'Laboratory Access',
  'Data Centre Visitor',
  'Contract Repository Reader',
  'Payroll Reviewer',
  'Incident Commander',
  'Source Code Contributor',
  'Vendor Onboarding',
  'Regional Sales Reporting',
];

/** Thirty-odd rule roles and fifteen one can ask for. */
export function createRoles(seed: number): readonly DemoRole[] {
  const roles: DemoRole[] = [];
  const add = (name: string, description: string, more: { rule?: DemoRole['rule']; dimensional?: boolean }): void => {
    const n = roles.length;
    roles.push({
      id: idFrom(seed, 'role', n),
      name,
      description,
      ...(more.rule && { rule: more.rule }),
      dimensional: more.dimensional ?? false,
      sources: [2 + (n % (SOURCES.length - 2)), 2 + ((n * 7 + 3) % (SOURCES.length - 2))],
      ownerIndex: 1 + (n % 20) * 3,
    });
  };
  add('Employee Basics', 'Mail, calendar and the intranet for every employee.', {
    rule: { attribute: 'employeeType', value: 'Employee' },
  });
  add('Contractor Basics', 'Mail and the partner portal for every contractor.', {
    rule: { attribute: 'employeeType', value: 'Contractor' },
  });
  for (const { name } of DEPARTMENTS) {
    add(`${name} Member`, `What everybody in ${name} needs from the first day.`, {
      rule: { attribute: 'department', value: name },
    });
  }
  for (const { city, country } of LOCATIONS.slice(0, 10)) {
    add(`${city} Office`, `Doors, printers and Wi-Fi of the ${city} office in ${country}.`, {
      rule: { attribute: 'city', value: city },
    });
  }
  REQUESTABLE.forEach((name, n) => {
    add(name, `${name}: given on request, approved by the owner.`, { dimensional: n % 3 === 0 });
  });
  return roles;
}
