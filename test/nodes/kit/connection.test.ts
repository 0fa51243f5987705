import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { AuthError } from '../../../core/auth/AuthError';
import { readConnection } from '../../../nodes/kit/connection';

const complete: ICredentialDataDecryptedObject = {
	environment: 'usGovL4',
	tenantId: ' contoso.com ',
	clientId: ' a-client ',
	clientCredentialType: 'clientSecret',
	clientSecret: 'a-secret',
	scope: 'Mail.Read',
};

describe('readConnection', () => {
	it('reads a credential', () => {
		expect(readConnection('delegated', complete)).toMatchObject({
			kind: 'delegated',
			cloud: { name: 'usGovL4' },
			tenantId: 'contoso.com',
			clientId: 'a-client',
			credential: { kind: 'secret', secret: 'a-secret' },
			scopes: 'Mail.Read',
		});
	});

	it('reads a certificate', () => {
		const data = {
			...complete,
			clientCredentialType: 'certificate',
			privateKey: 'key',
			certificate: 'certificate',
		};
		expect(readConnection('application', data).credential).toEqual({
			kind: 'certificate',
			privateKey: 'key',
			certificate: 'certificate',
		});
	});

	it.each([
		['clientId', { clientId: '' }],
		['clientSecret', { clientSecret: undefined }],
		['privateKey', { clientCredentialType: 'certificate' }],
		['tenantId', { tenantId: 'common' }],
		['customLoginUrl', { environment: 'custom' }],
		['environment', { environment: 'mars' }],
	])('names the field at fault: %s', (field, over) => {
		expect.assertions(2);
		try {
			readConnection('application', { ...complete, ...over } as ICredentialDataDecryptedObject);
		} catch (error) {
			expect(error).toBeInstanceOf(AuthError);
			expect(error).toMatchObject({ code: `credential_${field}` });
		}
	});
});
