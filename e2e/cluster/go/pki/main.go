// Command pki writes the certificates of one test cluster into the folder named: a CA (ca.crt), what every server of it
// shows on loopback (server.crt, server.key), and what the API server shows to the servers behind it (proxy.crt, proxy.key).
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

const lifetime = 30 * 24 * time.Hour

func main() {
	if len(os.Args) < 2 {
		fail(fmt.Errorf("usage: pki FOLDER [NAME…]   (more names that server.crt is valid for)"))
	}
	folder, names := os.Args[1], append([]string{"localhost", "kubernetes.default.svc"}, os.Args[2:]...)

	ca := certificate("slipway-test-ca")
	ca.IsCA, ca.BasicConstraintsValid, ca.KeyUsage = true, true, x509.KeyUsageCertSign|x509.KeyUsageDigitalSignature
	caKey := newKey()
	sign(folder, "ca", ca, caKey, ca, caKey)

	server := certificate("slipway-test-server")
	server.DNSNames, server.IPAddresses = names, []net.IP{net.IPv4(127, 0, 0, 1), net.IPv4(10, 0, 0, 1)}
	server.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	sign(folder, "server", server, newKey(), ca, caKey)

	proxy := certificate("front-proxy-client")
	proxy.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	sign(folder, "proxy", proxy, newKey(), ca, caKey)
}

func certificate(name string) *x509.Certificate {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	fail(err)
	now := time.Now()
	return &x509.Certificate{SerialNumber: serial, Subject: pkix.Name{CommonName: name}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(lifetime), KeyUsage: x509.KeyUsageDigitalSignature}
}

func newKey() *ecdsa.PrivateKey {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	fail(err)
	return key
}

func sign(folder, name string, certificate *x509.Certificate, key *ecdsa.PrivateKey, issuer *x509.Certificate, issuerKey *ecdsa.PrivateKey) {
	der, err := x509.CreateCertificate(rand.Reader, certificate, issuer, &key.PublicKey, issuerKey)
	fail(err)
	keyDer, err := x509.MarshalECPrivateKey(key)
	fail(err)
	write(filepath.Join(folder, name+".crt"), "CERTIFICATE", der)
	write(filepath.Join(folder, name+".key"), "EC PRIVATE KEY", keyDer)
}

func write(file, kind string, der []byte) {
	fail(os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600))
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
