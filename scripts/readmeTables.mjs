// The tables of the README, made of the tables the extension itself runs by. Needs tsx.
import { actionOf, ACTION_IDS, describeActions } from '../src/actions/catalog.ts';
import { OPERATIONS } from '../src/api/operations.ts';

/** What is read for panels and lists, by what a reader calls it; Search and tasks in one line each. */
const READS = {
  'List and open identities': ['listIdentities', 'getIdentity'],
  Ownership: ['getIdentityOwnershipDetails'],
  'Role assignments': ['getRoleAssignments', 'getRoleAssignment'],
  Accounts: ['listAccounts'],
  Entitlements: ['listEntitlementsByIdentity'],
  'Search, origin of roles': ['searchPost', 'searchCount', 'searchAggregate'],
  'Why by rule': ['getRole'],
  Tasks: ['getTaskStatus', 'getTaskStatusList'],
  'Lifecycle states': ['getLifecycleStates'],
  'Names of attributes': ['listIdentityAttributes'],
  'Failed account activities': ['listAccountActivities'],
};

/** The eleven operations of the Identities API, in the order of its documentation. */
const IDENTITIES_API = [
  'listIdentities',
  'getIdentity',
  'deleteIdentity',
  'getIdentityOwnershipDetails',
  'getRoleAssignments',
  'getRoleAssignment',
  'resetIdentity',
  'sendIdentityVerificationAccountToken',
  'startIdentitiesInvite',
  'startIdentityProcessing',
  'synchronizeAttributesForIdentity',
];

/** @returns the tables by the name of their marks in the README, each with its head first */
export function readmeTables() {
  return { actions: describeActions(), scopes: scopes(), operations: operations() };
}

function scopes() {
  const rows = [...Object.entries(READS), ...ACTION_IDS.map((id) => [actionOf(id).label(), [actionOf(id).operation]])];
  return [
    ['For', 'One of these scopes (v2024, v1)', 'In beta, where other', 'User levels'],
    ...rows.map(([what, names]) => {
      const [first] = names;
      const { scopes: needed, userLevels } = OPERATIONS[first];
      const beta = codes(needed.beta);
      return [
        what,
        codes(needed.v2024),
        beta === codes(needed.v2024) ? '' : beta,
        userLevels.length === 0 ? 'any' : codes(userLevels),
      ];
    }),
  ];
}

/** Empty where ISC's documents name none. */
function codes(names) {
  return names.length === 0 ? 'not documented' : names.map((name) => `\`${name}\``).join(', ');
}

function operations() {
  const names = [...IDENTITIES_API, ...Object.keys(OPERATIONS).filter((name) => !IDENTITIES_API.includes(name))];
  return [
    ['Operation', '`v2024`', '`beta`', 'per-service `v1`'],
    ...names.map((name) => {
      const { method, endpoint, experimental } = OPERATIONS[name];
      const cell = (version) =>
        endpoint[version].version === version
          ? `\`${endpoint[version].path}\``
          : `sent to ${endpoint[version].version}`;
      return [`\`${method}\` ${name}${experimental ? ' (experimental)' : ''}`, cell('v2024'), cell('beta'), cell('v1')];
    }),
  ];
}
