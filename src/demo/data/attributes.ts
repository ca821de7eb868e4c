import { COMPANY, IDENTITY_PROFILES, SOURCES } from './organisation';
import type { People } from './people';
import { hash32, pick } from './random';

const DAY = 86_400_000;

/** ISO time of a whole day before (positive) or after (negative) today. */
export function daysAgo(today: number, days: number, minutes = 0): string {
  return new Date(today - days * DAY + minutes * 60_000).toISOString();
}

function localDay(today: number, days: number): string {
  return daysAgo(today, days).slice(0, 10);
}

/** What the tenant says of a person besides the computed base: the parts that actions change. */
export interface CurrentState {
  readonly status: string;
  readonly lifecycle: string | null;
  readonly lastRefresh: number;
}

/** The value of the attributes roles are given by. */
export function employeeType(people: People, index: number): string {
  return people.isContractor(index) ? 'Contractor' : 'Employee';
}

/** The free attribute map of an identity: 25 to 45 entries of every JSON type, some null (contract 2.2). */
export function attributesOf(
  people: People,
  index: number,
  today: number,
  state: CurrentState,
): Record<string, unknown> {
  const { first, last, display } = people.name(index);
  const alias = people.alias(index);
  const hash = (salt: number): number => hash32(people.seed, index, 1000 + salt);
  if (!people.isCorrelated(index)) {
    return {
      uid: alias,
      displayName: display,
      firstname: first,
      lastname: last,
      email: people.email(index),
      cloudStatus: state.status,
      cloudAuthoritativeSource: null,
      internalCloudStatus: state.status,
    };
  }
  const place = people.location(index);
  const department = people.department(index);
  const manager = people.manager(index);
  const contractor = people.isContractor(index);
  const joined = 20 + (hash(1) % 5000);
  const gone = state.lifecycle === 'terminated' || state.lifecycle === 'inactive';
  const phone = `${place.phone} ${String(1000 + (hash(2) % 9000))}`;
  const attributes: Record<string, unknown> = {
    uid: alias,
    displayName: display,
    firstname: first,
    lastname: last,
    preferredName: hash(3) % 9 === 0 ? first.slice(0, 3) : null,
    email: people.email(index),
    personalEmail: hash(4) % 3 === 0 ? `${alias}.home@example.com` : null,
    phone,
    employeeNumber: String(100_000 + index),
    identificationNumber: `${place.countryCode}-${String(100_000 + index)}`,
    employeeType: employeeType(people, index),
    title: people.title(index),
    jobLevel: 1 + (hash(5) % 9),
    department: department.name,
    costCenter: department.costCenter,
    company: COMPANY,
    location: place.office,
    city: place.city,
    country: place.country,
    countryCode: place.countryCode,
    timeZone: place.timeZone,
    preferredLanguage: place.language,
    startDate: localDay(today, joined),
    endDate: gone ? localDay(today, hash(6) % 120) : contractor ? localDay(today, -(hash(6) % 300)) : null,
    manager: manager === undefined ? null : people.alias(manager),
    cloudLifecycleState: state.lifecycle,
    cloudStatus: state.status,
    internalCloudStatus: state.status,
    cloudAuthoritativeSource: SOURCES[contractor ? 1 : 0]?.name ?? null,
    identityProfile: IDENTITY_PROFILES[contractor ? 1 : 0],
    lastSyncDate: state.lastRefresh,
    remote: hash(7) % 4 === 0,
  };
  const extras: readonly (readonly [string, unknown])[] = [
    ['mobilePhone', `${place.phone} ${String(1000 + (hash(8) % 9000))}`],
    ['building', pick(['North', 'South', 'Riverside', 'Tower'], hash(9))],
    ['floor', hash(10) % 12],
    ['desk', `${String(hash(11) % 12)}-${String(hash(12) % 400)}`],
    ['languages', [...new Set([place.language.slice(0, 2), 'en'])]],
    ['badge', { number: String(hash(13) % 1_000_000), valid: !gone }],
    ['shift', pick(['Early', 'Late', 'Night'], hash(14))],
    ['vendor', contractor ? pick(['Brightwater Staffing', 'Oakline Consulting'], hash(15)) : null],
    ['securityTraining', localDay(today, hash(16) % 400)],
    ['note', 'Prefers "quiet" hours; see \\\\files\\hr\\notes, then ask.'],
    ['union', hash(17) % 2 === 0],
    ['visaExpiry', hash(18) % 3 === 0 ? localDay(today, -(hash(18) % 900)) : null],
  ];
  for (const [n, [name, value]] of extras.entries()) if (hash(30 + n) % 3 !== 0) attributes[name] = value;
  return attributes;
}
