import { driveOperations } from '../../../sandbox/graph/surface/driveOperations';
import { hasMetadata } from '../../../sandbox/graph/surface/load';
import { loadSurface } from '../../../sandbox/graph/surface/surface';

const whereMetadataIs = hasMetadata() ? it : it.skip;

whereMetadataIs.each(driveOperations)("$name is as Microsoft's metadata says", (operation) => {
	const known = loadSurface('global').model.operations[operation.name.toLowerCase()] ?? [];
	const same = known.filter(
		({ boundTo, parameters }) =>
			boundTo === operation.boundTo &&
			JSON.stringify(parameters.map(({ name }) => name)) ===
				JSON.stringify(operation.parameters.map(({ name }) => name)),
	);
	expect(same).toHaveLength(1);
	const types = ({ parameters }: typeof operation) => parameters.map(({ type }) => type);
	expect(same.map(types)).toEqual([types(operation)]);
	expect(same.map(({ returns, kind }) => [kind, returns])).toEqual([
		[operation.kind, operation.returns],
	]);
});
