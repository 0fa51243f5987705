export interface PermissionFacts {
	/** The id of the delegated permission in Entra. */
	readonly scopeId?: string;
	/** The id of the application permission in Entra. */
	readonly roleId?: string;
	/** Whether only an admin may consent to the delegated one, even where people may to others. */
	readonly needsAdmin?: true;
}

/** Microsoft Graph's own app id, the same in every tenant. */
export const graphAppId = '00000003-0000-0000-c000-000000000000';

/**
 * Ids: ProvisioningInfo.json of github.com/microsoftgraph/microsoft-graph-devx-content. Consent:
 * learn.microsoft.com/graph/permissions-reference. What isn't here has no known id.
 */
export const permissionFacts: Readonly<Record<string, PermissionFacts>> = {
	'Application.Read.All': {
		scopeId: 'c79f8feb-a9db-4090-85f9-90d820caa0eb',
		roleId: '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30',
		needsAdmin: true,
	},
	'Calendars.Read': {
		scopeId: '465a38f9-76ea-45b9-9f34-9e8b0d4b0b42',
		roleId: '798ee544-9d2d-430c-a058-570e29e34338',
	},
	'Calendars.Read.Shared': { scopeId: '2b9c4092-424d-4249-948d-b43879977640' },
	'Calendars.ReadBasic': { scopeId: '662d75ba-a364-42ad-adee-f5f880ea4878' },
	'Calendars.ReadBasic.All': { roleId: '8ba4a692-bc31-4128-9094-475872af8a53' },
	'Calendars.ReadWrite': {
		scopeId: '1ec239c2-d7c9-4623-a91a-a9775856bb36',
		roleId: 'ef54d2bf-783f-4e0f-bca1-3210c0444d99',
	},
	'Calendars.ReadWrite.Shared': { scopeId: '12466101-c9b8-439a-8589-dd09ee67e8e9' },
	'Channel.ReadBasic.All': {
		scopeId: '9d8982ae-4365-4f57-95e9-d6032a4c0b87',
		roleId: '59a6b24b-4225-4393-8165-ebaec5f55d7a',
	},
	'Directory.Read.All': { needsAdmin: true },
	'Files.Read': { scopeId: '10465720-29dd-4523-a11a-6a75c743c9d9' },
	'Files.Read.All': {
		scopeId: 'df85f4d6-205c-4ac5-a5ea-6bf408dba283',
		roleId: '01d4889c-1287-42c6-ac1f-5d1e02578ef6',
	},
	'Files.ReadWrite': { scopeId: '5c28f0bf-8a70-41f1-8ab2-9032436ddb65' },
	'Files.ReadWrite.All': {
		scopeId: '863451e7-0667-486c-a5d6-d135439485f0',
		roleId: '75359482-378d-4052-8f01-80520e7db3cd',
	},
	'Group.Read.All': {
		scopeId: '5f8c59db-677d-491f-a6b8-5f174b11ec1d',
		roleId: '5b567255-7703-4780-807c-7be8301ae99b',
		needsAdmin: true,
	},
	'Group.ReadWrite.All': {
		scopeId: '4e46008b-f24c-477d-8fff-7bb4ec7aafe0',
		roleId: '62a82d76-70ea-41e2-9197-370581804d09',
		needsAdmin: true,
	},
	'GroupMember.Read.All': {
		scopeId: 'bc024368-1153-4739-b217-4326f2e966d0',
		roleId: '98830695-27a2-44f7-8c18-0c3ebc9698f6',
		needsAdmin: true,
	},
	'Mail.Read': {
		scopeId: '570282fd-fa5c-430d-a7fd-fc8dc98a9dca',
		roleId: '810c84a8-4a9e-49e6-bf7d-12d183f40d01',
	},
	'Mail.Read.Shared': { scopeId: '7b9103a5-4610-446b-9670-80643382c1fa' },
	'Mail.ReadBasic': {
		scopeId: 'a4b8392a-d8d1-4954-a029-8e668a39a170',
		roleId: '6be147d2-ea4f-4b5a-a3fa-3eab6f3c140a',
	},
	'Mail.ReadBasic.All': { roleId: '693c5e45-0940-467d-9b8a-1022fb9d42ef' },
	'Mail.ReadBasic.Shared': { scopeId: 'b11fa0e7-fdb7-4dc9-b1f1-59facd463480' },
	'Mail.ReadWrite': {
		scopeId: '024d486e-b451-40bb-833d-3e66d98c5c73',
		roleId: 'e2a3a72e-5f79-4c64-b1b1-878b674786c9',
	},
	'Mail.ReadWrite.Shared': { scopeId: '5df07973-7d5d-46ed-9847-1271055cbd51' },
	'Mail.Send': {
		scopeId: 'e383f46e-2787-4529-855e-0e479a3ffac0',
		roleId: 'b633e1c5-b582-4048-a93e-9f11b44c7e96',
	},
	'Mail.Send.Shared': { scopeId: 'a367ab51-6b49-43bf-a716-a1fb06d2a174' },
	'MailboxSettings.Read': {
		scopeId: '87f447af-9fa4-4c32-9dfa-4a57a73d18ce',
		roleId: '40f97065-369a-49f4-947c-6a255697ae91',
	},
	'MailboxSettings.ReadWrite': {
		scopeId: '818c620a-27a9-40bd-a6a5-d96f7d610b4b',
		roleId: '6931bccd-447a-43d1-b442-00a195474933',
	},
	'Place.Read.All': {
		scopeId: 'cb8f45a0-5c2e-4ea1-b803-84b870a7d7ec',
		roleId: '913b9306-0ce1-42b8-9137-6a7df690a760',
		needsAdmin: true,
	},
	'Sites.FullControl.All': {
		scopeId: '5a54b8b3-347c-476d-8f8e-42d5c7424d29',
		roleId: 'a82116e5-55eb-4c41-a434-62fe8a61c773',
		needsAdmin: true,
	},
	'Sites.Manage.All': {
		scopeId: '65e50fdc-43b7-4915-933e-e8138f11f40a',
		roleId: '0c0bf378-bf22-4481-8f81-9e89a9b4960a',
	},
	'Sites.Read.All': {
		scopeId: '205e70e5-aba6-4c52-a976-6d2d46c48043',
		roleId: '332a536c-c7ef-4017-ab91-336970924f0d',
	},
	'Sites.ReadWrite.All': {
		scopeId: '89fe6a52-be36-487e-b7d8-d061c450a026',
		roleId: '9492366f-7969-46a4-8d15-ed1a20078fff',
	},
	'Team.ReadBasic.All': {
		scopeId: '485be79e-c497-4b35-9400-0e3fa7f2a5d4',
		roleId: '2280dda6-0bfd-44ee-a2f4-cb867cfc4c1e',
	},
	'User.Read': { scopeId: 'e1fe6dd8-ba31-4d61-89e7-88639da4683d' },
	'User.Read.All': {
		scopeId: 'a154be20-db9c-4678-8ab7-66f6cc099a59',
		roleId: 'df021288-bdef-4463-88db-98f22de89214',
		needsAdmin: true,
	},
	'User.ReadBasic.All': {
		scopeId: 'b340eb25-3456-403f-be2f-af7a0d370277',
		roleId: '97235f07-e226-4f63-ace3-39588e11d3a1',
	},
};
