/**
 * Maps with at most `limit` calls at once; results keep the order of the inputs. After a failure
 * no further call starts, and the failure is thrown once those under way have ended.
 */
export async function inOrder<In, Out>(
	inputs: readonly In[],
	limit: number,
	map: (input: In) => Promise<Out>,
): Promise<Out[]> {
	const results: Out[] = [];
	const failures: unknown[] = [];
	let next = 0;
	const work = async (): Promise<void> => {
		while (next < inputs.length && failures.length === 0) {
			const place = next++;
			try {
				results[place] = await map(inputs[place] as In);
			} catch (error) {
				failures.push(error);
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(limit, inputs.length) }, work));
	if (failures.length > 0) throw failures[0];
	return results;
}
