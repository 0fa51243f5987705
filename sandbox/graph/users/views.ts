import type { SandboxUser } from '../../directory';
import type { CollectionRules } from '../odata/collection';
import type { Entity } from '../odata/evaluate';

export const userRules: CollectionRules = {
	defaultPage: 100,
	largestPage: 999,
	onRequest: ['accountEnabled', 'mailNickname', 'userType', 'companyName', 'department'],
};

export function userView(user: SandboxUser): Entity {
	return {
		businessPhones: [],
		displayName: user.displayName,
		givenName: user.givenName,
		jobTitle: user.jobTitle,
		mail: user.userPrincipalName,
		mobilePhone: null,
		officeLocation: null,
		preferredLanguage: 'en-US',
		surname: user.surname,
		userPrincipalName: user.userPrincipalName,
		id: user.id,
		accountEnabled: !user.isSharedMailbox,
		companyName: 'Contoso',
		department: null,
		mailNickname: user.userPrincipalName.split('@')[0] ?? '',
		userType: 'Member',
	};
}

/** What `User.ReadBasic.All` opens. */
export function basicView(user: SandboxUser): Entity {
	const { displayName, givenName, surname, mail, userPrincipalName, id } = userView(user);
	return { displayName, givenName, surname, mail, userPrincipalName, id };
}
