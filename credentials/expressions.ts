import { originPattern, clouds } from '../core/clouds';
import {
	mailPurposes,
	permissionPresets,
	presetScopes,
	services,
	serviceScopes,
} from '../core/scopes';
import { sharedTenants, tenantPatterns } from '../core/auth/tenant';

/*
 * n8n computes a credential's hidden fields from its visible ones by expressions. They are made here
 * from the tables in core, so that a host or a scope stands in one place. n8n shows no text of ours
 * when one fails, but it refuses a URL that is not http and quotes its scheme: the schemes below are
 * the messages.
 */
const badTenant = 'tenant-id-is-neither-a-guid-nor-a-domain:';
const badLoginUrl = 'custom-login-url-must-be-https-without-a-path:';

const self = (field: string) => `$self[${JSON.stringify(field)}]`;
const text = (field: string) => `String(${self(field)} || "").trim()`;
const tenant = `(${text('tenantId')} || "common")`;
const customLogin = text('customLoginUrl');
const isCustom = `${self('environment')} === "custom"`;

/** A chain of `a ? b : c`, as braces of an object would end the expression. */
function choose(
	field: string,
	values: Readonly<Record<string, string>>,
	otherwise: string,
): string {
	return Object.entries(values).reduceRight(
		(rest, [value, result]) =>
			`${self(field)} === ${JSON.stringify(value)} ? ${JSON.stringify(result)} : ${rest}`,
		otherwise,
	);
}

const login = choose(
	'environment',
	Object.fromEntries(Object.values(clouds).map(({ name, loginOrigin }) => [name, loginOrigin])),
	`${customLogin}.replace(/\\/$/, "")`,
);

/** Where a sign-in begins: Microsoft's sign-in page, or by choice the one for an admin's consent. */
export function authUrlExpression(): string {
	// Only there a name for many tenants means "the one of whoever signs in".
	const consentTenant = `(${JSON.stringify(sharedTenants)}.includes(${tenant}) ? "organizations" : ${tenant})`;
	return endpointExpression(
		`${self('adminConsent')} ? ${consentTenant} + "/v2.0/adminconsent" : ${tenant} + "/oauth2/v2.0/authorize"`,
	);
}

/** Where tokens come from. */
export function accessTokenUrlExpression(): string {
	return endpointExpression(`${tenant} + "/oauth2/v2.0/token"`);
}

function endpointExpression(path: string): string {
	return (
		`={{ !${tenantPatterns.delegated.toString()}.test(${tenant}) ? ${JSON.stringify(badTenant)} : ` +
		`${isCustom} && !${originPattern.toString()}.test(${customLogin}) ? ${JSON.stringify(badLoginUrl)} : ` +
		`(${login}) + "/" + (${path}) }}`
	);
}

const presetNames = Object.keys(permissionPresets) as Array<keyof typeof permissionPresets>;
const readOnlyPresets = presetNames.filter((name) => permissionPresets[name].readOnly);

/** The preset's scopes, those of the chosen services, and in a free list the ones that must not be lost. */
export function scopeExpression(): string {
	const presets = Object.fromEntries(presetNames.map((name) => [name, presetScopes(name)]));
	const custom = `${text('customScopes')} + " ${presetScopes('servicesOnly')}"`;
	const readOnly = `${JSON.stringify(readOnlyPresets)}.includes(${self('permissionPreset')})`;
	const added = Object.keys(services).map((key) => {
		const name = key as keyof typeof services;
		const [all, some] = [serviceScopes(name, false), serviceScopes(name, true)];
		const scopes = all === some ? `" ${all}"` : `(${readOnly} ? " ${some}" : " ${all}")`;
		return `((${self('services')} || []).includes("${name}") ? ${scopes} : "")`;
	});
	const list = `((${choose('permissionPreset', presets, custom)}) + ${added.join(' + ')}).split(/[\\s,;]+/)`;
	const first =
		'(scope, place, all) => scope && all.findIndex((other) => other.toLowerCase() === scope.toLowerCase()) === place';
	return `={{ ${list}.filter(${first}).join(" ") }}`;
}

/** The purpose's permissions on the environment's Outlook resource, and the right to renew the sign-in. */
export function mailScopeExpression(): string {
	const custom = `(${text('customOutlookUrl')} || "${clouds.global.outlookResource}").replace(/\\/$/, "")`;
	const resource = choose(
		'environment',
		Object.fromEntries(
			Object.values(clouds).map(({ name, outlookResource }) => [name, outlookResource]),
		),
		custom,
	);
	const lists = Object.fromEntries(
		Object.entries(mailPurposes).map(([purpose, { scopes }]) => [purpose, scopes.join(' ')]),
	);
	const names = `(${choose('purpose', lists, JSON.stringify(lists['both']))}).split(" ")`;
	return `={{ ${names}.map((name) => (${resource}) + "/" + name).join(" ") + " offline_access" }}`;
}
