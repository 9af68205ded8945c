import { create } from '@bufbuild/protobuf';
import { elementTypes, type OnnxTensor } from './graph.ts';
import { TensorProtoSchema, type TensorProto } from './onnx_pb.ts';

/** A tensor as ONNX stores it: little-endian bytes, or strings one by one. */
export function tensorProto(name: string, tensor: OnnxTensor): TensorProto {
  const expected = tensor.shape.reduce((product, size) => product * size, 1);
  if (tensor.data.length !== expected) {
    throw new Error(
      `an ONNX tensor of shape [${tensor.shape.join(', ')}] needs ${expected} values, got ${tensor.data.length}`,
    );
  }
  const shared = { name, dims: tensor.shape.map(BigInt), dataType: elementTypes[tensor.type] };
  if (tensor.type === 'string') {
    const encoder = new TextEncoder();
    return create(TensorProtoSchema, {
      ...shared,
      stringData: Array.from<unknown, Uint8Array>(tensor.data, (value) => encoder.encode(String(value))),
    });
  }
  return create(TensorProtoSchema, { ...shared, rawData: rawBytes(tensor.type, tensor.data) });
}

const elementBytes = { float: 4, int32: 4, int64: 8, bool: 1, double: 8 } as const;

function rawBytes(type: keyof typeof elementBytes, data: OnnxTensor['data']): Uint8Array {
  const size = elementBytes[type];
  const bytes = new Uint8Array(data.length * size);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < data.length; index += 1) {
    const value = Number(data[index]);
    const at = index * size;
    switch (type) {
      case 'double':
        view.setFloat64(at, value, true);
        break;
      case 'float':
        view.setFloat32(at, value, true);
        break;
      case 'int64':
        view.setBigInt64(at, BigInt(value), true);
        break;
      case 'int32':
        view.setInt32(at, value, true);
        break;
      case 'bool':
        view.setUint8(at, value === 0 ? 0 : 1);
        break;
    }
  }
  return bytes;
}
