/** The active triggers of this process, by their scope, with what ends their subscriptions' care. */
const doors = new Map<string, () => void>();

/** @returns takes it off the list */
export function registerDoor(scope: string, endCare: () => void): () => void {
	doors.set(scope, endCare);
	return () => {
		if (doors.get(scope) === endCare) doors.delete(scope);
	};
}

/** Nobody may make anew what is about to be removed. @returns whether the trigger was active here */
export function endCareOf(scope: string): boolean {
	const endCare = doors.get(scope);
	doors.delete(scope);
	endCare?.();
	return endCare !== undefined;
}

/** Webhooks that n8n has registered in this process, by the scope of their triggers. */
const announced = new Set<string>();
/** When a trigger could not be activated; n8n tries the same soon again. Milliseconds since 1970. */
const failed = new Map<string, number>();

/** The address that is stored is the one of now, and n8n answers at it. */
export function announce(scope: string): void {
	announced.add(scope);
}

export const isAnnounced = (scope: string): boolean => announced.has(scope);

export function withdraw(scope: string): void {
	announced.delete(scope);
}

export function rememberFailure(scope: string, now: number): void {
	failed.set(scope, now);
}

export const lastFailureOf = (scope: string): number => failed.get(scope) ?? 0;
