//go:build tools

package main

import _ "github.com/opencost/opencost/pkg/cmd"
