// The elements of our own that pages may use. They live on the hub and the API, so they work before and without a circuit.

import './plant-live.js';
import './matrix.js';
import './alert-bell.js';
