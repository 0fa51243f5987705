import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { AuthError } from '../../core/auth/AuthError';
import type { ClientCredential } from '../../core/auth/clientCredential';
import { checkTenant } from '../../core/auth/tenant';
import type { TokenProvider } from '../../core/auth/TokenProvider';
import { type CloudProfile, CloudSettingError, resolveCloud } from '../../core/clouds';

/** A credential, read and checked. */
export interface Connection {
	readonly kind: TokenProvider['kind'];
	readonly cloud: CloudProfile;
	readonly tenantId: string;
	readonly clientId: string;
	readonly credential: ClientCredential;
	/** What a person's sign-in asks for; empty for an app's own. */
	readonly scopes: string;
}

/**
 * Reads what n8n keeps of a credential.
 * @throws {AuthError} that says which field is missing or wrong
 */
export function readConnection(
	kind: TokenProvider['kind'],
	data: ICredentialDataDecryptedObject,
): Connection {
	try {
		const field = (name: string) => textOf(data[name]);
		const cloud = resolveCloud({
			environment: field('environment') || 'global',
			customLoginUrl: field('customLoginUrl'),
			customGraphUrl: field('customGraphUrl'),
			customImapHost: field('customImapHost'),
			customSmtpHost: field('customSmtpHost'),
			customOutlookUrl: field('customOutlookUrl'),
			// What is hidden in the form may still hold a value of before.
			...(data['otherServers'] === true &&
				field('environment') !== 'custom' && {
					imapHost: field('imapHost'),
					smtpHost: field('smtpHost'),
				}),
		});
		return {
			kind,
			cloud,
			tenantId: checkTenant(field('tenantId'), kind),
			clientId: required(field('clientId'), 'clientId', 'Client ID'),
			credential: readClientCredential(field),
			scopes: field('scope'),
		};
	} catch (error) {
		if (!(error instanceof CloudSettingError)) throw error;
		throw new AuthError('The credential can not be used as it is', {
			code: `credential_${error.field}`,
			nextStep: error.message,
			whoCanFix: 'user',
			docsAnchor: 'credentials',
		});
	}
}

function readClientCredential(field: (name: string) => string): ClientCredential {
	if (field('clientCredentialType') !== 'certificate') {
		return {
			kind: 'secret',
			secret: required(field('clientSecret'), 'clientSecret', 'Client Secret'),
		};
	}
	return {
		kind: 'certificate',
		privateKey: required(field('privateKey'), 'privateKey', 'Private Key'),
		certificate: required(field('certificate'), 'certificate', 'Certificate'),
	};
}

function required(value: string, field: string, label: string): string {
	if (value === '') throw new CloudSettingError(field, `The field ${label} is empty.`);
	return value;
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
