package secrets

import "strings"

// luhn tells whether digits pass the check of ISO/IEC 7812.
func luhn(s string) bool {
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// isCard tells whether 15 or 16 digits are the number of a payment card: of American
// Express, Visa, Mastercard, Discover or JCB. One digit ten times over is none.
func isCard(s string) bool {
	prefix := func(n int) int {
		v := 0
		for _, c := range s[:n] {
			v = v*10 + int(c-'0')
		}
		return v
	}
	two, four := prefix(2), prefix(4)
	issued := two == 34 || two == 37
	if len(s) == 16 {
		issued = s[0] == '4' || two >= 51 && two <= 55 || four >= 2221 && four <= 2720 ||
			four == 6011 || two == 65 || four >= 6440 && four <= 6499 || four >= 3528 && four <= 3589
	}
	return issued && strings.Count(s, s[4:5]) < 10 && luhn(s)
}

// ibanLength returns how long the IBANs of a country are (the registry of ISO 13616);
// 0 for countries without.
func ibanLength(country string) int {
	const lengths = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30 "
	i := strings.Index(lengths, country)
	if i < 0 || i%5 != 0 {
		return 0
	}
	return int(lengths[i+2]-'0')*10 + int(lengths[i+3]-'0')
}

// isIBAN tells whether the length is that of the country and the check digits are
// right (ISO 13616, ISO/IEC 7064 MOD 97-10).
func isIBAN(s string) bool {
	if len(s) != ibanLength(s[:2]) {
		return false
	}
	rest := 0
	for _, c := range s[4:] + s[:4] {
		if c >= 'A' {
			rest = (rest*100 + int(c-'A') + 10) % 97
		} else {
			rest = (rest*10 + int(c-'0')) % 97
		}
	}
	return rest == 1
}

// check13 tells whether 13 digits pass the check of EAN, which Swiss numbers of the
// insured (AHV) have.
func check13(s string) bool {
	sum := 0
	for i := range len(s) {
		sum += int(s[i]-'0') * (1 + i%2*2)
	}
	return sum%10 == 0
}

// isSSN tells whether this is a social security number of the United States, with
// its dashes: it has no check digit, but numbers that are never given.
func isSSN(s string) bool {
	return s[3] == '-' && s[6] == '-' && s[:3] != "000" && s[:3] != "666" && s[0] != '9' && s[4:6] != "00" && s[7:] != "0000"
}

// isNIR tells whether 15 digits are a number of the French social security: sex,
// year, month, place, and a check by 97.
func isNIR(s string) bool {
	n := 0
	for _, c := range s[:13] {
		n = (n*10 + int(c-'0')) % 97
	}
	month := s[3:5]
	return (s[0] == '1' || s[0] == '2') && month >= "01" && month <= "12" && 97-n == int(s[13]-'0')*10+int(s[14]-'0')
}

// isDNI tells whether this is the number of a Spanish identity card: eight digits
// and the letter that they give by 23.
func isDNI(s string) bool {
	if len(s) != 9 {
		return false
	}
	n := 0
	for _, c := range s[:8] {
		if c < '0' || c > '9' {
			return false
		}
		n = n*10 + int(c-'0')
	}
	return s[8] == "TRWAGMYFPDXBNJZSQVHLCKE"[n%23]
}

// isNIE tells whether this is the number of a foreigner in Spain: X, Y or Z stands
// for 0, 1 or 2.
func isNIE(s string) bool {
	return len(s) == 9 && s[0] >= 'X' && s[0] <= 'Z' && isDNI(string(s[0]-'X'+'0')+s[1:])
}

// isCodiceFiscale tells whether this is an Italian tax number: its shape and its last
// letter (decree of 23 December 1976).
func isCodiceFiscale(s string) bool {
	if len(s) != 16 {
		return false
	}
	const shape = "LLLLLLddLddLdddL"
	odd := [26]int{1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23}
	sum := 0
	for i := range 16 {
		if classes[s[i]] != shape[i] {
			return false
		}
		v := int(s[i] - '0')
		if shape[i] == 'L' {
			v = int(s[i] - 'A')
		}
		switch {
		case i == 15:
			return sum%26 == v
		case i%2 == 0:
			sum += odd[v]
		default:
			sum += v
		}
	}
	return false
}
