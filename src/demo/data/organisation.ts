/** The company the demo people work for: made up, international, of a size to get lost in. */

export interface Location {
  readonly office: string;
  readonly city: string;
  readonly country: string;
  readonly countryCode: string;
  readonly timeZone: string;
  readonly language: string;
  readonly phone: string;
}

function place(
  city: string,
  country: string,
  countryCode: string,
  timeZone: string,
  language: string,
  phone: string,
): Location {
  return { office: `${city} ${countryCode}`, city, country, countryCode, timeZone, language, phone };
}

/** The first ten are the homes of the naming cultures, in their order. */
export const LOCATIONS: readonly Location[] = [
  place('Austin', 'United States', 'US', 'America/Chicago', 'en-US', '+1 512 555'),
  place('Munich', 'Germany', 'DE', 'Europe/Berlin', 'de-DE', '+49 89 5550'),
  place('Lyon', 'France', 'FR', 'Europe/Paris', 'fr-FR', '+33 4 5550'),
  place('Valencia', 'Spain', 'ES', 'Europe/Madrid', 'es-ES', '+34 960 555'),
  place('Turin', 'Italy', 'IT', 'Europe/Rome', 'it-IT', '+39 011 555'),
  place('Gothenburg', 'Sweden', 'SE', 'Europe/Stockholm', 'sv-SE', '+46 31 555'),
  place('Kraków', 'Poland', 'PL', 'Europe/Warsaw', 'pl-PL', '+48 12 555'),
  place('Pune', 'India', 'IN', 'Asia/Kolkata', 'en-IN', '+91 20 5555'),
  place('Osaka', 'Japan', 'JP', 'Asia/Tokyo', 'ja-JP', '+81 6 5555'),
  place('Nairobi', 'Kenya', 'KE', 'Africa/Nairobi', 'en-KE', '+254 20 555'),
  place('Toronto', 'Canada', 'CA', 'America/Toronto', 'en-CA', '+1 416 555'),
  place('London', 'United Kingdom', 'GB', 'Europe/London', 'en-GB', '+44 20 5550'),
  place('Singapore', 'Singapore', 'SG', 'Asia/Singapore', 'en-SG', '+65 5555'),
  place('São Paulo', 'Brazil', 'BR', 'America/Sao_Paulo', 'pt-BR', '+55 11 5555'),
];

export interface Department {
  readonly name: string;
  readonly costCenter: string;
  readonly titles: readonly string[];
}

function department(name: string, costCenter: string, titles: string): Department {
  return { name, costCenter, titles: titles.split(', ') };
}

export const DEPARTMENTS: readonly Department[] = [
  department('Engineering', 'CC-4100', 'Software Engineer, Senior Software Engineer, Staff Engineer, Test Engineer'),
  department('Finance', 'CC-1200', 'Accountant, Financial Analyst, Accounts Payable Clerk, Treasury Analyst'),
  department('Human Resources', 'CC-1300', 'HR Business Partner, Recruiter, Payroll Specialist, Learning Designer'),
  department('Sales', 'CC-2100', 'Account Executive, Sales Engineer, Inside Sales Representative, Renewals Specialist'),
  department('Marketing', 'CC-2200', 'Campaign Planner, Content Writer, Brand Designer, Market Researcher'),
  department('Customer Support', 'CC-2300', 'Support Engineer, Support Specialist, Escalation Engineer, Trainer'),
  department('Information Technology', 'CC-3100', 'System Administrator, Network Engineer, Service Desk Analyst, DBA'),
  department(
    'Information Security',
    'CC-3200',
    'Security Analyst, Identity Engineer, Incident Responder, Risk Analyst',
  ),
  department('Legal', 'CC-1400', 'Counsel, Contract Manager, Paralegal, Privacy Analyst'),
  department('Procurement', 'CC-1500', 'Buyer, Category Planner, Vendor Analyst, Sourcing Specialist'),
  department('Research', 'CC-4200', 'Research Scientist, Lab Technician, Data Scientist, Statistician'),
  department('Manufacturing', 'CC-5100', 'Machine Operator, Shift Planner, Maintenance Technician, Process Engineer'),
  department('Logistics', 'CC-5200', 'Warehouse Clerk, Dispatcher, Customs Specialist, Fleet Planner'),
  department('Quality', 'CC-5300', 'Quality Engineer, Inspector, Auditor, Calibration Technician'),
  department('Facilities', 'CC-1600', 'Facility Technician, Receptionist, Space Planner, Safety Officer'),
  department('Data and Analytics', 'CC-4300', 'Data Engineer, Analytics Engineer, BI Developer, Data Steward'),
];

export const EXECUTIVE: Department = department('Executive Office', 'CC-1000', 'Chief of Staff, Executive Assistant');
export const COMPANY = 'Larkspur Industries';

export interface Source {
  readonly name: string;
  readonly type: string;
  readonly authoritative: boolean;
  /** Entitlement names handed out on it. */
  readonly entitlements: readonly string[];
}

function source(name: string, type: string, entitlements: string, authoritative = false): Source {
  return { name, type, authoritative, entitlements: entitlements.split(', ') };
}

/** The first is where employees come from, the second where contractors do. */
export const SOURCES: readonly Source[] = [
  source('Larkspur HR', 'Workday', 'Worker, Benefits Enrolled', true),
  source('Contractor Register', 'Delimited File', 'External Worker, Badge Holder', true),
  source('Active Directory', 'Active Directory - Direct', 'CN=VPN Users, CN=Domain Users, CN=Remote Desktop, CN=Print'),
  source('Entra ID', 'Azure Active Directory', 'Microsoft 365 E3, Microsoft 365 E5, Teams Phone, Power BI Pro'),
  source('SAP S/4HANA', 'SAP - Direct', 'Z_FI_DISPLAY, Z_FI_POST, Z_MM_BUYER, Z_CO_REPORT'),
  source('Salesforce', 'Salesforce', 'Standard User, Sales Cloud, Service Cloud, Report Builder'),
  source('ServiceNow', 'ServiceNow', 'itil, approver_user, knowledge_reader, asset_viewer'),
  source('GitHub Enterprise', 'GitHub', 'org:member, team:platform, team:mobile, team:data'),
  source('Jira and Confluence', 'Jira', 'jira-software-users, confluence-users, jira-project-leads'),
  source('AWS Identity Center', 'Amazon Web Services', 'ReadOnlyAccess, PowerUserAccess, BillingView'),
  source('Google Workspace', 'Google Workspace', 'Drive Contributor, Shared Calendars, Groups Editor'),
  source('Oracle Warehouse', 'Oracle DB - Direct', 'DWH_READ, DWH_LOAD, DWH_ADMIN'),
  source('Snowflake', 'Snowflake', 'ANALYST, LOADER, REPORTER'),
  source('Okta Workforce', 'Okta', 'Everyone, MFA Enrolled, Partner Portal'),
  source('Zendesk', 'Zendesk', 'Agent, Light Agent, Team Lead'),
  source('Building Access', 'Web Services', 'Main Entrance, Laboratory, Data Centre, Car Park'),
  source('Tableau', 'Tableau', 'Viewer, Explorer, Creator'),
  source('Coupa', 'Coupa', 'Requester, Approver, Invoice Viewer'),
  source('Mainframe RACF', 'RACF - Full', 'TSOUSER, CICSPROD, DB2READ'),
  source('Legacy CRM (read-only)', 'JDBC', 'crm_read, crm_export'),
];

/** Lifecycle state names (technical) with their display name and the identity state they mean. */
export const LIFECYCLE_STATES = [
  { technicalName: 'active', name: 'Active', identityState: 'ACTIVE' },
  { technicalName: 'prehire', name: 'Prehire', identityState: 'INACTIVE_SHORT_TERM' },
  { technicalName: 'leaveOfAbsence', name: 'Leave of absence', identityState: 'INACTIVE_SHORT_TERM' },
  { technicalName: 'inactive', name: 'Inactive', identityState: 'INACTIVE_LONG_TERM' },
  { technicalName: 'terminated', name: 'Terminated', identityState: 'INACTIVE_LONG_TERM' },
] as const;

export const IDENTITY_PROFILES = ['Employees', 'Contractors'] as const;
