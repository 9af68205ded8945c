export { calibrated, Calibration, calibrationOnnx, fitCalibration } from './calibration.ts';
