import type { AdapterFactory, AdapterPayload } from 'oidc-provider' with {
	'resolution-mode': 'import',
};
import { tokenRequestState } from './requestState';

/** Why a refresh token that is still there is not to be honoured. */
export type RefreshTokenMark = 'revoked' | 'inactive' | 'needsMfa';

/** The provider's state, in memory. Expiry is the provider's own business (`exp` in the payload). */
export interface Store {
	readonly adapter: AdapterFactory;
	find(
		model: 'AuthorizationCode' | 'RefreshToken' | 'Grant',
		id: string,
	): AdapterPayload | undefined;
	markOf(refreshToken: string): RefreshTokenMark | undefined;
	/** @param userIds undefined: everyone's. */
	markRefreshTokens(mark: RefreshTokenMark, userIds?: ReadonlySet<string>): void;
	clear(): void;
}

/** @param client the provider's metadata of an app, looked up at each request. */
export function createStore(client: (id: string) => AdapterPayload | undefined): Store {
	const entries = new Map<string, AdapterPayload>();
	const marks = new Map<string, RefreshTokenMark>();
	const keyOf = (model: string, id: string): string => `${model}:${id}`;

	return {
		find: (model, id) => entries.get(keyOf(model, id)),
		markOf: (refreshToken) => marks.get(refreshToken),
		markRefreshTokens(mark, userIds) {
			for (const [key, payload] of entries) {
				if (!key.startsWith('RefreshToken:')) continue;
				if (userIds && !userIds.has(payload.accountId ?? '')) continue;
				marks.set(key.slice('RefreshToken:'.length), mark);
			}
		},
		clear() {
			entries.clear();
			marks.clear();
		},
		adapter: (model) => ({
			async upsert(id, payload) {
				entries.set(keyOf(model, id), payload);
			},
			async find(id) {
				if (model === 'Client') return client(id);
				const payload = entries.get(keyOf(model, id));
				const refresh = tokenRequestState.getStore()?.refresh;
				return model === 'RefreshToken' && payload && refresh
					? { ...payload, ...refresh }
					: payload;
			},
			async findByUid(uid) {
				return [...entries].find(
					([key, payload]) => key.startsWith(`${model}:`) && payload.uid === uid,
				)?.[1];
			},
			async findByUserCode() {
				return undefined;
			},
			async consume(id) {
				const payload = entries.get(keyOf(model, id));
				// Entra gives a new refresh token with each answer and lets the old one live on.
				if (payload && model !== 'RefreshToken') payload.consumed = Math.floor(Date.now() / 1000);
			},
			async destroy(id) {
				entries.delete(keyOf(model, id));
			},
			async revokeByGrantId(grantId) {
				for (const [key, payload] of entries) {
					if (payload.grantId === grantId) entries.delete(key);
				}
			},
		}),
	};
}
