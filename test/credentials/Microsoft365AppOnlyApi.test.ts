import { type INodeParameters, NodeHelpers } from 'n8n-workflow';
import { Microsoft365AppOnlyApi } from '../../credentials/Microsoft365AppOnlyApi.credentials';

const type = new Microsoft365AppOnlyApi();

const isWarned = (tenantId: string) => {
	const notice = type.properties.find(({ name }) => name === 'tenantIdNotice');
	if (!notice) throw new Error('There is no notice');
	const values: INodeParameters = { environment: 'global', tenantId };
	return NodeHelpers.displayParameter(values, notice, null, null);
};

describe('Microsoft 365 App-Only API', () => {
	it('has a field once, and no tenant of its own choice', () => {
		const names = type.properties.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(type.properties.find(({ name }) => name === 'tenantId')).toMatchObject({
			default: '',
			required: true,
		});
	});

	it.each(['common', 'organizations', 'consumers', 'contoso', 'a/b'])(
		'warns of the tenant "%s" while it is being typed',
		(tenantId) => {
			expect(isWarned(tenantId)).toBe(true);
		},
	);

	it.each(['', 'contoso.com', '8eaef023-2b34-4da1-9baa-8bc8c9d6a490'])(
		'does not warn of "%s"',
		(tenantId) => {
			expect(isWarned(tenantId)).toBe(false);
		},
	);

	it('hides secrets', () => {
		for (const field of ['clientSecret', 'privateKey']) {
			expect(type.properties.find(({ name }) => name === field)?.typeOptions?.password).toBe(true);
		}
	});
});
