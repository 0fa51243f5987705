/** The environments of Microsoft 365, as data. Hosts: Microsoft's national cloud pages; see docs/. */
export type CloudName = 'global' | 'usGovL4' | 'usGovL5' | 'china' | 'custom';

export interface MailServer {
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
	/** The resource of IMAP and SMTP scopes, without a trailing slash. */
	readonly outlookResource: string;
	readonly imap: MailServer;
	readonly smtp: MailServer;
	/** Whose metadata holds for it; a custom host is taken for Office 365. */
	readonly metadata: 'Prod' | 'Fairfax' | 'Mooncake';
}
