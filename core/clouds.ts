/**
 * The environments of Microsoft 365, as data. Hosts: Microsoft's page on national cloud deployments
 * for login and Graph, its endpoint lists for Exchange. GCC (moderate) uses the worldwide hosts.
 */
export type CloudName = 'global' | 'usGovL4' | 'usGovL5' | 'china' | 'custom';

export interface MailServer {
	/** Empty where the environment has none known, or a custom one was given none. */
	readonly host: string;
	readonly port: number;
	readonly security: 'tls' | 'starttls';
}

export interface CloudProfile {
	readonly name: CloudName;
	readonly label: string;
	/** Origins without a trailing slash. */
	readonly loginOrigin: string;
	readonly graphOrigin: string;
	/** The resource of a person's IMAP and SMTP scopes, without a trailing slash. */
	readonly outlookResource: string;
	/** The resource of an app's own IMAP and SMTP tokens (`/.default`); in Office 365 another name than a person's. */
	readonly outlookAppResource: string;
	readonly imap: MailServer;
	readonly smtp: MailServer;
	/** Whose metadata holds for it; a custom host is taken for Office 365. */
	readonly metadata: 'Prod' | 'Fairfax' | 'Mooncake';
}

const imapsPort = 993;
const submissionPort = 587;

const imapAt = (host: string): MailServer => ({ host, port: imapsPort, security: 'tls' });
const smtpAt = (host: string): MailServer => ({ host, port: submissionPort, security: 'starttls' });

/** Every environment whose hosts Microsoft publishes; `custom` is made by `resolveCloud`. */
export const clouds = {
	global: {
		name: 'global',
		label: 'Office 365 and GCC',
		loginOrigin: 'https://login.microsoftonline.com',
		graphOrigin: 'https://graph.microsoft.com',
		outlookResource: 'https://outlook.office.com',
		outlookAppResource: 'https://outlook.office365.com',
		imap: imapAt('outlook.office365.com'),
		smtp: smtpAt('smtp.office365.com'),
		metadata: 'Prod',
	},
	usGovL4: {
		name: 'usGovL4',
		label: 'US Government L4 (GCC High)',
		loginOrigin: 'https://login.microsoftonline.us',
		graphOrigin: 'https://graph.microsoft.us',
		outlookResource: 'https://outlook.office365.us',
		outlookAppResource: 'https://outlook.office365.us',
		imap: imapAt('outlook.office365.us'),
		smtp: smtpAt('outlook.office365.us'),
		metadata: 'Fairfax',
	},
	usGovL5: {
		name: 'usGovL5',
		label: 'US Government L5 (DoD)',
		loginOrigin: 'https://login.microsoftonline.us',
		graphOrigin: 'https://dod-graph.microsoft.us',
		outlookResource: 'https://outlook-dod.office365.us',
		outlookAppResource: 'https://outlook-dod.office365.us',
		imap: imapAt('outlook-dod.office365.us'),
		smtp: smtpAt('outlook-dod.office365.us'),
		metadata: 'Fairfax',
	},
	china: {
		name: 'china',
		label: 'China (21Vianet)',
		// Microsoft names login.chinacloudapi.cn too; this one is on 21Vianet's own list.
		loginOrigin: 'https://login.partner.microsoftonline.cn',
		graphOrigin: 'https://microsoftgraph.chinacloudapi.cn',
		outlookResource: 'https://partner.outlook.cn',
		outlookAppResource: 'https://partner.outlook.cn',
		imap: imapAt('partner.outlook.cn'),
		smtp: smtpAt('smtp.partner.outlook.cn'),
		metadata: 'Mooncake',
	},
} as const satisfies Record<Exclude<CloudName, 'custom'>, CloudProfile>;

export const customCloudLabel = 'Custom';

export interface CloudChoice {
	readonly environment: string;
	readonly customLoginUrl?: string;
	readonly customGraphUrl?: string;
	/** `host`, `host:port`, or with a scheme: `imaps://` is TLS from the start, `imap://` is STARTTLS. */
	readonly customImapHost?: string;
	/** `host`, `host:port`, or with a scheme: `smtp://` is STARTTLS, `smtps://` is TLS from the start. */
	readonly customSmtpHost?: string;
	/** The resource of IMAP and SMTP tokens; where it is left out, that of Office 365. */
	readonly customOutlookUrl?: string;
	/** In the place of the environment's own mail servers, written as the custom ones. */
	readonly imapHost?: string;
	readonly smtpHost?: string;
}

/** An environment, host or tenant in a credential that can't be used. Its message is for the one who typed it. */
export class CloudSettingError extends Error {
	override readonly name = 'CloudSettingError';
	constructor(
		/** The credential's field. */
		readonly field: string,
		message: string,
	) {
		super(message);
	}
}

/**
 * The environment that a credential names.
 * @throws {CloudSettingError}
 */
export function resolveCloud(choice: CloudChoice): CloudProfile {
	const cloud = environmentOf(choice);
	const imap = mailServer('IMAP Host', 'imapHost', choice.imapHost, imapSchemes);
	const smtp = mailServer('SMTP Host', 'smtpHost', choice.smtpHost, smtpSchemes);
	return { ...cloud, ...(imap.host && { imap }), ...(smtp.host && { smtp }) };
}

function environmentOf(choice: CloudChoice): CloudProfile {
	const { environment } = choice;
	if (environment !== 'custom') {
		if (!Object.hasOwn(clouds, environment)) {
			throw new CloudSettingError('environment', `There is no environment "${environment}"`);
		}
		return clouds[environment as keyof typeof clouds];
	}
	return {
		...clouds.global,
		name: 'custom',
		label: customCloudLabel,
		loginOrigin: checkOrigin('Login URL', 'customLoginUrl', choice.customLoginUrl),
		graphOrigin: checkOrigin('Graph URL', 'customGraphUrl', choice.customGraphUrl),
		imap: mailServer('IMAP Host', 'customImapHost', choice.customImapHost, imapSchemes),
		smtp: mailServer('SMTP Host', 'customSmtpHost', choice.customSmtpHost, smtpSchemes),
		...outlookResources(choice.customOutlookUrl),
	};
}

/**
 * A custom login or Graph URL as the credential's expressions accept it as well: an origin,
 * https or on the machine itself http, with at most a trailing slash. Without flags, as n8n's
 * display rules know none.
 */
export const originPattern =
	/^(https:\/\/[a-zA-Z0-9.-]+|http:\/\/(localhost|127(\.[0-9]{1,3}){3}|\[::1\]))(:[0-9]{1,5})?\/?$/;

function checkOrigin(label: string, field: string, value: string | undefined): string {
	const text = value?.trim() ?? '';
	if (text === '') {
		throw new CloudSettingError(field, `The custom environment needs its ${label}`);
	}
	if (!originPattern.test(text) || !URL.canParse(text)) {
		throw new CloudSettingError(
			field,
			`The ${label} has to be an address such as https://graph.example.com: https, without a path. ` +
				'Only on this machine itself (localhost) may it be http.',
		);
	}
	return new URL(text).origin;
}

function outlookResources(
	value: string | undefined,
): Partial<Pick<CloudProfile, 'outlookResource' | 'outlookAppResource'>> {
	if ((value?.trim() ?? '') === '') return {};
	const outlookResource = checkOrigin('Outlook URL', 'customOutlookUrl', value);
	return { outlookResource, outlookAppResource: outlookResource };
}

type Schemes = Readonly<Record<string, Pick<MailServer, 'port' | 'security'>>> & {
	readonly '': Pick<MailServer, 'port' | 'security'>;
};

const imapSchemes: Schemes = {
	'': { port: imapsPort, security: 'tls' },
	'imaps:': { port: imapsPort, security: 'tls' },
	'imap:': { port: 143, security: 'starttls' },
};

const smtpSchemes: Schemes = {
	'': { port: submissionPort, security: 'starttls' },
	'smtp:': { port: submissionPort, security: 'starttls' },
	'smtps:': { port: 465, security: 'tls' },
};

const mailServerPattern = /^(?:([a-z]+:)\/\/)?([a-z0-9.-]+|\[[0-9a-f:]+\])(?::([0-9]{1,5}))?\/?$/i;

function mailServer(
	label: string,
	field: string,
	value: string | undefined,
	schemes: Schemes,
): MailServer {
	const text = value?.trim() ?? '';
	if (text === '') return { host: '', ...schemes[''] };
	const [, scheme = '', host = '', portText] = mailServerPattern.exec(text) ?? [];
	const preset = schemes[scheme.toLowerCase()];
	const port = portText === undefined ? preset?.port : Number(portText);
	if (!preset || port === undefined || host === '' || port < 1 || port > 65535) {
		const named = Object.keys(schemes).filter((name) => name !== '');
		throw new CloudSettingError(
			field,
			`The ${label} has to be a host name such as mail.example.com or mail.example.com:993, ` +
				`with ${named.map((name) => `${name}//`).join(' or ')} before it if need be`,
		);
	}
	return { host: host.replace(/^\[|\]$/g, ''), port, security: preset.security };
}
